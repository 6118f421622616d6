import type { HostReport, HostRow } from '../../hosts/host-table.ts';
import { formatBytes, formatMs } from '../../debug/figures.ts';
import { html, type HtmlContent, type Html } from './html.ts';
import { page } from './page.ts';
import { phaseLegend, PHASES } from './waterfall.ts';

export type HostsQuery = { readonly window: string; readonly sort: string; readonly filter: string };

type Column = {
  readonly heading: string;
  /** What the table is sorted by to sort by this column; null where it cannot be. */
  readonly sort: string | null;
  readonly cell: (row: HostRow) => HtmlContent;
};

const ms = (value: number | null): string => (value === null ? '–' : formatMs(value));
const share = (part: number): string => `${(part * 100).toFixed(1)} %`;

const COLUMNS: readonly Column[] = [
  { heading: 'Of all waiting', sort: 'waitingShare', cell: ({ waitingShare }) => share(waitingShare) },
  { heading: 'Calls', sort: 'calls', cell: ({ calls }) => calls },
  { heading: 'p50', sort: 'p50Ms', cell: ({ p50Ms }) => ms(p50Ms) },
  { heading: 'p95', sort: 'p95Ms', cell: ({ p95Ms }) => ms(p95Ms) },
  { heading: 'p99', sort: 'p99Ms', cell: ({ p99Ms }) => ms(p99Ms) },
  { heading: 'Timeouts', sort: 'timeouts', cell: ({ timeouts }) => timeouts },
  { heading: 'Errors', sort: 'errors', cell: ({ errors }) => errors },
  { heading: 'Chains hurt', sort: 'chainsHurt', cell: ({ chainsHurt }) => chainsHurt },
  { heading: 'Bytes', sort: 'bytes', cell: ({ bytes }) => formatBytes(bytes) },
];

const WINDOWS = [
  ['5m', 'last 5 minutes'],
  ['1h', 'last hour'],
] as const;

/** The creative hosts, the slowest first unless asked otherwise. */
export function hostsPage({ hosts }: HostReport, query: HostsQuery): string {
  return page({
    title: 'Hosts',
    place: 'hosts',
    body: html`<h1>Which hosts cost time?</h1>
      <p class="lead">Every host that was asked for a document, by its share of all the time that was spent waiting.</p>
      <form method="get" action="/hosts" class="bar">
        <label for="filter">Host contains</label
        ><input id="filter" name="filter" value="${query.filter}" autocomplete="off" spellcheck="false" />
        <label for="window">In the</label
        ><select id="window" name="window">
          ${WINDOWS.map(([value, name]) => html`<option value="${value}" ${value === query.window && html` selected`}>${name}</option>`)}
        </select>
        <input type="hidden" name="sort" value="${query.sort}" /><button>Show</button>
        <label class="live" hidden><input type="checkbox" id="live" /> update every 5 s</label>
      </form>
      <p class="legend">A call on average: ${phaseLegend}</p>
      <p class="note beside">More columns stand beside: move the table sideways.</p>
      <div id="fresh" class="card scroll" tabindex="0" role="region" aria-label="Hosts">
        ${hosts.length === 0 ? html`<p>No host was asked in this time.</p>` : table(hosts, query)}
      </div>`,
  });
}

function table(hosts: readonly HostRow[], query: HostsQuery): Html {
  return html`<table class="hosts">
    <thead>
      <tr>
        <th scope="col">Host</th>
        ${COLUMNS.map((column) => header(column, query))}
        <th scope="col">p95 over time</th>
        <th scope="col">Mean call</th>
      </tr>
    </thead>
    <tbody>
      ${hosts.map(
        (row) =>
          html`<tr>
            <th scope="row">
              <span class="host">${row.host}</span
              >${row.breaker !== 'closed' && html` <span class="chip warn">breaker ${row.breaker}</span>`}${row.skipped > 0 && html` <span class="chip">${row.skipped} skipped</span>`}
            </th>
            ${COLUMNS.map(({ cell }) => html`<td class="number">${cell(row)}</td>`)}
            <td>${sparkline(row.series)}</td>
            <td>${phaseBar(row)}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function header({ heading, sort }: Column, query: HostsQuery): Html {
  if (sort === null) return html`<th scope="col" class="number">${heading}</th>`;
  const href = `/hosts?${new URLSearchParams({ ...query, sort }).toString()}`;
  const isSorted = sort === query.sort;
  return html`<th scope="col" class="number" ${isSorted && html` aria-sort="descending"`}>
    <a href="${href}">${heading}${isSorted && ' ↓'}</a>
  </th>`;
}

const SPARK = { width: 96, height: 22 };

/** A line through the known values, from the bottom at 0 to the top at the highest. */
function sparkline(series: HostRow['series']): Html {
  const known = series.filter((each) => each !== null);
  if (known.length === 0) return html`<span class="none">–</span>`;
  const highest = Math.max(...known, 1);
  const points = series.flatMap((value, at) =>
    value === null ? [] : [point(at / Math.max(1, series.length - 1), value / highest)],
  );
  const words = `p95 over time: ${series.map(ms).join(', ')}`;
  return html`<svg class="spark" viewBox="0 0 ${SPARK.width} ${SPARK.height}" role="img" aria-label="${words}">
    <polyline points="${points.join(' ')}" />
    ${points.map((each) => html`<circle cx="${each.split(',')[0]}" cy="${each.split(',')[1]}" r="2" />`)}
  </svg>`;
}

function point(x: number, y: number): string {
  return `${(2 + x * (SPARK.width - 4)).toFixed(1)},${(SPARK.height - 3 - y * (SPARK.height - 6)).toFixed(1)}`;
}

/** How the time of a call is made up on average. */
function phaseBar({ phasesMs }: HostRow): Html {
  const wholeMs = PHASES.reduce((sum, { phase }) => sum + phasesMs[phase], 0);
  if (wholeMs === 0) return html`<span class="none">–</span>`;
  let at = 0;
  const rects = PHASES.map(({ phase }) => {
    const width = (phasesMs[phase] / wholeMs) * 100;
    const rect = html`<rect class="${phase}" x="${at.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="12" />`;
    at += width;
    return rect;
  });
  const words = PHASES.map(({ phase, name }) => `${name} ${formatMs(phasesMs[phase])}`).join(', ');
  return html`<svg class="phases" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label="${words}">
    <title>${words}</title>
    ${rects}
  </svg>`;
}
