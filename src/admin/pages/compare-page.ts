import { shownResult } from './shown-result.ts';
import { formatMs } from '../../debug/figures.ts';
import type { DebugRun } from '../../debug/run.ts';
import { verdict } from '../../debug/verdict.ts';
import type { Tracker } from '../../merge/tracker.ts';
import type { HopReport, UnwrapResult } from '../../unwrap/result.ts';
import { html, type Html } from './html.ts';
import { lineDiff } from './line-diff.ts';
import { page, section } from './page.ts';
import type { View } from './view.ts';

type Row = { readonly name: string; readonly of: (run: DebugRun) => readonly string[] };

/** What two runs are compared in. Times are shown but never count as a difference. */
const ROWS: readonly Row[] = [
  { name: 'status', of: ({ result }) => [result.status] },
  { name: 'VAST error', of: ({ result }) => [String(result.vastError ?? 'none')] },
  { name: 'reason', of: ({ result }) => [result.reason ?? 'none'] },
  { name: 'held against', of: ({ player }) => [player ?? 'no player'] },
  { name: 'hops', of: ({ result }) => result.hops.map(hopText) },
  { name: 'ads', of: ({ result }) => result.ads.map(({ id, adTitle }) => [id, adTitle].filter(Boolean).join(' · ')) },
  { name: 'media files', of: ({ result }) => result.ads.flatMap(({ mediaFiles }) => mediaFiles.map(({ url }) => url)) },
  { name: 'findings', of: ({ result }) => result.findings.map(({ rule, message }) => `${rule}: ${message}`) },
  { name: 'trackers', of: ({ result }) => trackersOf(result).map(trackerText) },
  { name: 'error URLs', of: ({ result }) => result.errorUrls.map(withoutQuery) },
];

type Seen = readonly [DebugRun, View];

const asShown = ([run, view]: Seen): Seen => [{ ...run, result: shownResult(run.result, view.redact) }, view];

/** Two runs side by side: first what only one of them has, then their documents line by line; what is the same is folded. */
export function comparePage(one: Seen, other: Seen): string {
  const seen = [asShown(one), asShown(other)] as const;
  const [[before], [after]] = seen;
  const rows = ROWS.map(({ name, of }) => ({ name, before: of(before), after: of(after) }));
  const differing = rows.filter((row) => !isSame(row.before, row.after));
  const same = rows.filter((row) => isSame(row.before, row.after));
  const documents = documentDiffs(...seen);
  const sentence =
    differing.length === 0
      ? `The two runs came to the same${documents.some(({ diff }) => diff !== null) ? '; what they came by differs' : ''}.`
      : `The two runs differ in: ${differing.map(({ name }) => name).join(', ')}.`;
  return page({
    title: 'Two runs compared',
    place: 'debug',
    body: html`<h1>${sentence}</h1>
      <div class="card scroll" tabindex="0" role="region" aria-label="Comparison">
        <table class="compare">
          <thead>
            <tr>
              <th scope="col">What</th>
              ${seen.map(([run]) => heading(run))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Asked for</th>
              ${seen.map(
                ([
                  {
                    request: { input },
                  },
                  { redact },
                ]) => html`<td><span class="url">${'url' in input ? redact.url(input.url) : 'a document'}</span></td>`,
              )}
            </tr>
            <tr>
              <th scope="row">Verdict</th>
              ${seen.map(([run]) => html`<td>${verdict(run).sentence}</td>`)}
            </tr>
            <tr>
              <th scope="row">Time</th>
              ${seen.map(([{ result }]) => html`<td>${timesOf(result)}</td>`)}
            </tr>
            ${differing.map((row) => differenceRow(row))}
          </tbody>
        </table>
      </div>
      ${section('documents', 'Documents', documents.length === 0 ? html`<p>None came.</p>` : documents.map(documentDiff), 'What stands with − is of the first run alone, with + of the second.')}
      ${same.length > 0 && section('same', 'The same in both', sameRows(same))}`,
  });
}

type Compared = { readonly name: string; readonly before: readonly string[]; readonly after: readonly string[] };

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');

function heading({ id, at }: DebugRun): Html {
  return html`<th scope="col"><a href="/debug/r/${id}">${at.slice(0, 19).replace('T', ' ')} UTC</a></th>`;
}

/** What only one of the two has, and how much is the same. */
function differenceRow({ name, before, after }: Compared): Html {
  const common = countInBoth(before, after);
  return html`<tr>
    <th scope="row" class="name">${name}</th>
    ${cell(before, common)}${cell(after, common)}
  </tr>`;
}

/** How often each is in both. */
function countInBoth(before: readonly string[], after: readonly string[]): ReadonlyMap<string, number> {
  const [one, other] = [before, after].map((list) => Map.groupBy(list, (each) => each));
  return new Map([...one!].map(([each, alike]) => [each, Math.min(alike.length, other!.get(each)?.length ?? 0)]));
}

function cell(own: readonly string[], common: ReadonlyMap<string, number>): Html {
  const left = new Map(common);
  const alone = own.filter((each) => {
    const rest = left.get(each) ?? 0;
    left.set(each, rest - 1);
    return rest <= 0;
  });
  const alike = own.length - alone.length;
  if (own.length === 0) return html`<td class="none">none</td>`;
  return html`<td>
    <ul class="plain">
      ${alone.map((each) => html`<li><mark>${each}</mark></li>`)}${alike > 0 && html`<li class="small">${alone.length === 0 ? 'all' : 'and'} ${alike} that both have</li>`}
    </ul>
  </td>`;
}

function sameRows(rows: readonly Compared[]): Html {
  return html`${rows.map(
    ({ name, before }) =>
      html`<details>
        <summary>
          <span class="name">${name}</span>
          <span class="small">${before.length <= 1 ? (before[0] ?? 'none') : before.length}</span>
        </summary>
        <ul class="plain">
          ${before.map((each) => html`<li>${each}</li>`)}
        </ul>
      </details>`,
  )}`;
}

type DocumentDiff = { readonly name: string; readonly diff: Html | null };

/** The merged documents, then those of each hop. */
function documentDiffs(...seen: readonly [Seen, Seen]): readonly DocumentDiff[] {
  const [[{ result: one }], [{ result: other }]] = seen;
  const merged = [one, other].map(({ merged: inserted, adm }) => inserted?.adm ?? adm);
  const hops = Array.from({ length: Math.max(one.hops.length, other.hops.length) }, (_, at) => {
    return { name: `Hop ${at}`, texts: [one.hops[at]?.text ?? null, other.hops[at]?.text ?? null] };
  });
  return [{ name: 'Merged result', texts: merged }, ...hops]
    .filter(({ texts }) => texts.some((text) => text !== null))
    .map(({ name, texts }) => {
      const [before = null, after = null] = texts.map((text, at) => text && seen[at]![1].redact.text(text));
      return { name, diff: diffOf(before, after) };
    });
}

function diffOf(before: string | null, after: string | null): Html | null {
  if (before === null || after === null) {
    return html`<p>Only the ${before === null ? 'second' : 'first'} run has this document.</p>`;
  }
  return lineDiff(before, after);
}

function documentDiff({ name, diff }: DocumentDiff): Html {
  if (diff === null) return html`<p>${name}: <span class="small">the same</span></p>`;
  return html`<details ${name === 'Merged result' && html` open`}>
    <summary>${name}</summary>
    ${diff}
  </details>`;
}

/** In all, and of each hop. */
const timesOf = ({ deadline, hops }: UnwrapResult): string =>
  [formatMs(deadline.elapsedMs), ...hops.map(({ ms }, at) => `hop ${at} ${formatMs(ms)}`)].join(' · ');

const hopText = ({ host, kind, error, httpStatus }: HopReport, at: number): string =>
  [`${at} ${host ?? 'given'}`, error ?? kind, httpStatus === null ? null : `HTTP ${httpStatus}`]
    .filter((each) => each !== null)
    .join(', ');

const trackersOf = ({ merged }: UnwrapResult): readonly Tracker[] => merged?.trackers() ?? [];

/** By event and address: values of a query are new each time, and the hops may have moved. */
const trackerText = ({ event, offset, url }: Tracker): string =>
  `${offset === null ? event : `${event} ${offset}`}: ${withoutQuery(url)}`;

function withoutQuery(url: string): string {
  const at = url.search(/[?#]/);
  return at === -1 ? url : `${url.slice(0, at)}?…`;
}
