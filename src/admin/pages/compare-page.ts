import { redactUrl } from '../../redact-url.ts';
import type { HopReport, UnwrapResult } from '../../unwrap/result.ts';
import { count, formatMs } from '../../debug/figures.ts';
import { html, type Html } from './html.ts';
import { page } from './page.ts';
import type { DebugRun } from '../../debug/run.ts';
import { verdict } from '../../debug/verdict.ts';

type Row = { readonly name: string; readonly of: (run: DebugRun) => readonly string[] };

/** What two runs are compared in. Times are shown but never count as a difference. */
const ROWS: readonly Row[] = [
  { name: 'status', of: ({ result }) => [result.status] },
  { name: 'VAST error', of: ({ result }) => [String(result.vastError ?? 'none')] },
  { name: 'reason', of: ({ result }) => [result.reason ?? 'none'] },
  { name: 'hops', of: ({ result }) => result.hops.map(hopText) },
  { name: 'ads', of: ({ result }) => result.ads.map(({ id, adTitle }) => [id, adTitle].filter(Boolean).join(' · ')) },
  { name: 'media files', of: ({ result }) => result.ads.flatMap(({ mediaFiles }) => mediaFiles.map(({ url }) => url)) },
  { name: 'findings', of: ({ result }) => result.findings.map(({ rule, message }) => `${rule}: ${message}`) },
  { name: 'trackers', of: ({ result }) => trackerCounts(result) },
  { name: 'error URLs', of: ({ result }) => result.errorUrls },
];

/** Two runs side by side: what only one of them has stands out. */
export function comparePage(one: DebugRun, other: DebugRun): string {
  const differing = ROWS.filter(({ of }) => of(one).join('\n') !== of(other).join('\n')).map(({ name }) => name);
  const sentence =
    differing.length === 0 ? 'The two runs came to the same.' : `The two runs differ in: ${differing.join(', ')}.`;
  return page({
    title: 'Two runs compared',
    place: 'debug',
    body: html`<h1>${sentence}</h1>
      <div class="card scroll" tabindex="0" role="region" aria-label="Comparison">
        <table class="compare">
          <thead>
            <tr>
              <th scope="col">What</th>
              ${[one, other].map(heading)}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Asked for</th>
              ${[one, other].map(({ request: { input } }) => html`<td>${'url' in input ? redactUrl(input.url) : 'a document'}</td>`)}
            </tr>
            <tr>
              <th scope="row">Verdict</th>
              ${[one, other].map((run) => html`<td>${verdict(run).sentence}</td>`)}
            </tr>
            <tr>
              <th scope="row">Time</th>
              ${[one, other].map(({ result }) => html`<td>${timesOf(result)}</td>`)}
            </tr>
            ${ROWS.map(
              ({ name, of }) =>
                html`<tr>
                  <th scope="row" class="name">${name}</th>
                  ${cell(of(one), of(other))}${cell(of(other), of(one))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  });
}

function heading({ id, at }: DebugRun): Html {
  return html`<th scope="col"><a href="/debug/r/${id}">${at.slice(0, 19).replace('T', ' ')} UTC</a></th>`;
}

function cell(own: readonly string[], other: readonly string[]): Html {
  if (own.length === 0) return html`<td class="none">none</td>`;
  return html`<td>
    <ul class="plain">
      ${own.map((each) => html`<li>${other.includes(each) ? each : html`<mark>${each}</mark>`}</li>`)}
    </ul>
  </td>`;
}

/** In all, and of each hop. */
const timesOf = ({ deadline, hops }: UnwrapResult): string =>
  [formatMs(deadline.elapsedMs), ...hops.map(({ ms }, at) => `hop ${at} ${formatMs(ms)}`)].join(' · ');

const hopText = ({ host, kind, error, httpStatus }: HopReport, at: number): string =>
  [`${at} ${host ?? 'given'}`, error ?? kind, httpStatus === null ? null : `HTTP ${httpStatus}`]
    .filter((each) => each !== null)
    .join(', ');

function trackerCounts({ merged }: UnwrapResult): readonly string[] {
  const groups = Map.groupBy(merged?.trackers() ?? [], ({ event }) => event);
  return [...groups].map(([event, group]) => `${event}: ${count(group.length, 'URL')}`);
}
