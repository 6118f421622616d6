import type { Facet, Rotation } from '../../batch/rotation.ts';
import { formatMs } from '../../debug/figures.ts';
import { factRows, html, type Html } from './html.ts';

/** How often a tag may be run in a rotation. */
export const ROTATION = { least: 2, most: 50 } as const;

/** Asks how often the tag of a run is to be run. */
export function rotationForm(id: string): Html {
  return html`<form method="post" action="/debug/r/${id}/rotate" class="bar">
    <label for="times">Run it several times, past the cache: which ads, hosts and times come how often?</label
    ><input id="times" name="times" type="number" value="10" min="${ROTATION.least}" max="${ROTATION.most}" required />
    <button>Run</button>
  </form>`;
}

/** What came of a tag that was run several times: what one run would have missed, the times, and how often each thing came. */
export function rotationSummary({ runs, facets, spread, missed }: Rotation): Html {
  if (runs === 0) return html`<p>No run has ended yet.</p>`;
  return html`<h2>What one run would have missed</h2>
    ${
      missed.length === 0
        ? html`<p>${runs === 1 ? 'One run has ended.' : `Nothing: all ${runs} runs were alike.`}</p>`
        : html`<ul>
            ${missed.map((each) => html`<li>${each}</li>`)}
          </ul>`
    }
    ${
      spread !== null &&
      html`<dl class="facts">
        ${factRows([
          ['Quickest', formatMs(spread.minMs)],
          ['Median', formatMs(spread.medianMs)],
          ['p95', formatMs(spread.p95Ms)],
          ['Slowest', formatMs(spread.maxMs)],
        ])}
      </dl>`
    }
    <div class="grid">${facets.map((facet) => facetTable(facet, runs))}</div>`;
}

/** More of one thing than anybody reads. */
const MAX_SHARES = 20;

function facetTable({ name, shares }: Facet, runs: number): Html {
  return html`<table class="facet">
    <caption>
      ${name}
    </caption>
    <tbody>
      ${shares.slice(0, MAX_SHARES).map(
        ({ value, runs: times }) =>
          html`<tr>
            <th scope="row">${value}</th>
            <td class="number">${times} of ${runs}</td>
          </tr>`,
      )}
      ${
        shares.length > MAX_SHARES &&
        html`<tr>
          <th scope="row">${shares.length - MAX_SHARES} more</th>
          <td></td>
        </tr>`
      }
    </tbody>
  </table>`;
}
