import type { Tracker } from '../../merge/tracker.ts';
import type { HopReport } from '../../unwrap/result.ts';
import { html, outsideLink, type Html } from './html.ts';
import { placeLink } from './place-link.ts';
import type { ShownDocuments } from './shown-documents.ts';

/** Which hop asks to be told of which event, and every URL with the place that it came from. */
export function trackerMatrix(
  trackers: readonly Tracker[],
  hops: readonly HopReport[],
  { placeOf }: Pick<ShownDocuments, 'placeOf'>,
): Html {
  if (trackers.length === 0) return html`<p>There are no tracking URLs.</p>`;
  const columns = [...new Set(trackers.map(({ hop }) => hop))].sort((a, b) => a - b);
  const events = [...Map.groupBy(trackers, nameOf)];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Trackers by event and hop">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Event</th>
            ${columns.map((hop) => html`<th scope="col" class="number"><a href="#hop-${hop}">hop ${hop}</a><span class="small">${hops[hop]?.host ?? 'given'}</span></th>`)}
            <th scope="col" class="number">all</th>
          </tr>
        </thead>
        <tbody>
          ${events.map(
            ([event, group]) =>
              html`<tr>
                <th scope="row">${event}</th>
                ${columns.map((hop) => cell(group.filter((each) => each.hop === hop).length))}
                <td class="number">${group.length}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <details>
      <summary>${trackers.length === 1 ? 'The URL' : `All ${trackers.length} URLs`}</summary>
      ${events.map(
        ([event, group]) =>
          html`<h3>${event}</h3>
            <ul class="urls">
              ${group.map((each) => entry(each, placeOf))}
            </ul>`,
      )}
    </details>`;
}

const nameOf = ({ event, offset }: Tracker): string => (offset === null ? event : `${event} ${offset}`);

const cell = (number: number): Html =>
  html`<td class="number${number === 0 && ' none'}">${number === 0 ? '·' : number}</td>`;

function entry({ url, hop, element }: Tracker, placeOf: ShownDocuments['placeOf']): Html {
  return html`<li>${outsideLink(url)} <span class="small">${placeLink(placeOf(hop, element))}</span></li> `;
}
