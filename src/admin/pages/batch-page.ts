import { type BatchRow, TONES, worstFirst } from '../../batch/batch-row.ts';
import { type RotationRun, rotationOf } from '../../batch/rotation.ts';
import { count, formatMs } from '../../debug/figures.ts';
import { redactPasted, redactUrlByTable, redactUrlsIn } from '../../debug/redact.ts';
import { html, type Html } from './html.ts';
import { page } from './page.ts';
import { rotationSummary } from './rotation.ts';

/** What the page shows of a batch. */
export type ShownBatch = {
  readonly id: string;
  readonly at: string;
  /** A list of tags, or one tag several times. */
  readonly kind: 'list' | 'rotation';
  readonly size: number;
  readonly beyond: number;
  readonly state: 'running' | 'stopped' | 'done';
  /** With their tags as whoever looks may see them. */
  readonly rows: readonly (BatchRow & { readonly run: string | null })[];
  /** Of a rotation: what each run came to. */
  readonly runs: readonly RotationRun[];
};

const STATES = { running: 'Checking', stopped: 'Stopped', done: 'Done' } as const;

/** A list of tags as it is checked: the worst first, each row with the page of its result. */
export function batchPage(batch: ShownBatch): string {
  return page({
    title: `${STATES[batch.state]}: ${batch.rows.length} of ${batch.size}`,
    place: 'batch',
    refreshSec: batch.state === 'running' ? 3 : null,
    body: html`<h1>${batch.kind === 'list' ? `A list of ${batch.size} tags` : `One tag, ${batch.size} times`}</h1>
      ${progress(batch)}
      <div
        id="fresh"
        class="card scroll"
        tabindex="0"
        role="region"
        aria-label="${batch.kind === 'list' ? 'Tags' : 'Runs'}, the worst first"
        ${batch.state === 'running' && html` data-refresh="2000"`}
      >
        ${batch.kind === 'rotation' && rotationSummary(rotationOf(batch.runs))}
        ${batch.rows.length === 0 ? html`<p>None has ended yet.</p>` : table(batch)}
      </div>
      <p class="note">
        The address of this page can be shared for a day with whoever may see this service. Others see the tags without
        persons and secrets; you, and what you download here, have them as they are.
      </p>`,
  });
}

/** How far it is, and what can be done with it: the part that a script keeps fresh without moving the focus. */
export function progress({ id, size, beyond, state, rows }: ShownBatch): Html {
  const counts = TONES.map((tone) => {
    const number = rows.filter((row) => row.tone === tone).length;
    return number > 0 && html`<span class="tone ${tone}">${number} ${tone}</span> `;
  });
  return html`<div id="progress">
    <p role="status">${STATES[state]}: ${rows.length} of ${size}. ${counts}</p>
    ${beyond > 0 && html`<p class="problem">${beyond} more were in the list: they are not taken.</p>`}
    ${state === 'running' && html`<progress max="${size}" value="${rows.length}" aria-label="Tags that are done"></progress>`}
    <div class="actions">
      ${
        state === 'running' &&
        html`<form method="post" action="/batch/${id}/stop"><button>Stop</button></form>
          <a class="button" href="/batch/${id}">Update</a>`
      }
      <a class="button" href="/batch/${id}.csv" download>CSV</a>
      <a class="button" href="/batch/${id}.json">JSON</a>
      <a class="button" href="/batch">Another list</a>
    </div>
  </div>`;
}

function table({ kind, rows }: ShownBatch): Html {
  return html`<table class="batch">
    <thead>
      <tr>
        <th scope="col" class="number">${kind === 'list' ? 'Line' : 'Run'}</th>
        <th scope="col">Tag</th>
        <th scope="col">Status</th>
        <th scope="col">What an SSP would do</th>
        <th scope="col">Ad</th>
        <th scope="col" class="number">Time</th>
      </tr>
    </thead>
    <tbody>
      ${worstFirst(rows).map(
        ({ line, tag, run, status, tone, verdict, tell, adTitle, advertiser, durationSec, ms, errors, warnings }) =>
          html`<tr>
            <td class="number" data-name="line">${line}</td>
            <th scope="row">
              ${run === null ? html`<span class="url">${brief(tag)}</span>` : html`<a class="url" href="/debug/r/${run}">${brief(tag)}</a>`}
            </th>
            <td data-name="status"><span class="tone ${tone}">${status}</span>${counted(errors, warnings)}</td>
            <td>${verdict}${tell !== null && html` <span class="small">Tell ${tell}</span>`}</td>
            <td>
              ${[adTitle, advertiser, durationSec === null ? null : `${durationSec} s`].filter((each) => each !== null).join(' · ') || '–'}
            </td>
            <td class="number" data-name="time">${formatMs(ms)}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function counted(errors: number, warnings: number): Html | null {
  const words = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean);
  return words.length === 0 ? null : html`<div class="small">${words.join(', ')}</div>`;
}

/** Characters of a tag that a table shows: one may be a whole document. */
const SHOWN = 300;
const brief = (tag: string): string => (tag.length > SHOWN ? `${tag.slice(0, SHOWN)}…` : tag);

/** A tag as those may see it who have the link of the page: without persons and secrets; of a document its beginning. */
export const shownTag = (tag: string): string =>
  /^https?:/i.test(tag) ? redactUrlByTable(tag) : brief(redactPasted(tag));

/** A row as they may see it: what is wrong with a tag is said with its words. */
export const shownRow = <Row extends BatchRow>(row: Row): Row => ({
  ...row,
  tag: shownTag(row.tag),
  verdict: redactUrlsIn(row.verdict),
  tell: row.tell === null ? null : redactUrlsIn(row.tell),
});
