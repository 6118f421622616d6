import { countInWords } from '../../debug/count-in-words.ts';
import type { DebugRun, VmapRun } from '../../debug/run.ts';
import { verdict } from '../../debug/verdict.ts';
import { hopDocuments } from './documents.ts';
import { countFindings, findingsList } from './findings.ts';
import { html, type Html } from './html.ts';
import { page, section } from './page.ts';
import { showDocuments } from './shown-documents.ts';
import type { View } from './view.ts';

/**
 * A VMAP, which lists ad breaks: what became of each of them, with its own page.
 * @param runs those of the breaks that are still kept, by their ids
 */
export function vmapPage(
  run: DebugRun,
  vmap: VmapRun,
  runs: ReadonlyMap<string, DebugRun>,
  { redact }: Pick<View, 'redact'>,
): string {
  const documents = showDocuments(run.result);
  // that it is no VAST is no failure here
  const hops = run.result.hops.map(({ host, adSystem, text, kind, exchanges }) => {
    return { host, adSystem, text, kind, exchanges, error: null, message: null };
  });
  const { breaks, version, findings } = vmap;
  const tones = breaks.map(({ run: id }) => (id === null ? null : toneOf(runs.get(id))));
  const good = tones.filter((tone) => tone === 'good').length;
  const all = countInWords(breaks.length, 'break');
  const tone = good === breaks.length && good > 0 ? 'good' : good > 0 ? 'doubtful' : 'bad';
  const shown = breaks.length === 0 ? '' : good === breaks.length ? ': an SSP would show an ad in each' : `: an SSP would show an ad in ${good === 0 ? 'none' : good} of them`; // prettier-ignore
  return page({
    title: `A VMAP with ${all}`,
    place: 'debug',
    body: html`<div class="verdict ${tone}">
        <p class="small"><span class="status">VMAP ${version ?? 'without a version'}</span></p>
        <h1>This is a VMAP with ${all}${shown}.</h1>
        <p>
          A VMAP lists ad breaks and is no ad itself: a player that asks for VAST finds none in it. Servers unwrap one
          by
          <code>POST /v1/vmap</code>.
        </p>
      </div>
      ${run.undone.map((each) => html`<p class="note">${each}</p>`)}
      ${section('breaks', 'Ad breaks', breaks.length === 0 ? html`<p>It lists no break.</p>` : breakTable(vmap, runs))}
      ${section('findings', 'Findings', findingsList(findings, documents.place), findings.length === 0 ? null : countFindings(findings))}
      ${section('documents', 'Documents', hopDocuments(hops, documents, redact), 'The VMAP as it came.')}
      ${section(
        'next',
        'Share, repeat',
        html`<div class="actions">
          <form method="post" action="/debug">
            <input type="hidden" name="again" value="${run.id}" /><button>Run again</button>
          </form>
          <a class="button" href="/debug">Another tag</a>
        </div>`,
      )}`,
  });
}

const toneOf = (run: DebugRun | undefined): string | null => (run === undefined ? null : verdict(run).tone);

function breakTable({ breaks }: VmapRun, runs: ReadonlyMap<string, DebugRun>): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Ad breaks">
    <table class="breaks">
      <thead>
        <tr>
          <th scope="col">Break</th>
          <th scope="col">When</th>
          <th scope="col">What an SSP would do</th>
        </tr>
      </thead>
      <tbody>
        ${breaks.map(({ timeOffset, breakType, breakId, run: id }, at) => {
          const run = id === null ? undefined : runs.get(id);
          return html`<tr>
            <th scope="row">${at + 1}${breakId !== null && html` <span class="small">${breakId}</span>`}</th>
            <td>
              ${timeOffset ?? 'no timeOffset'}${breakType !== null && html` <span class="small">${breakType}</span>`}
            </td>
            <td>
              ${id === null ? 'It has no ad that could be unwrapped.' : run === undefined ? 'Its result is no longer kept.' : html`<a href="/debug/r/${id}">${verdict(run).sentence}</a>`}
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
