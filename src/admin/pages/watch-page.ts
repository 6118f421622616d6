import { TONES, worstFirst } from '../../batch/batch-row.ts';
import type { WatchedDay, WatchedTag } from '../../batch/watched-tag.ts';
import { count } from '../../debug/figures.ts';
import { shownRow, shownTag } from './batch-page.ts';
import { html, type Html } from './html.ts';
import { page } from './page.ts';

export type WatchPage = {
  readonly tags: readonly WatchedTag[];
  readonly beyond: number;
  readonly problem: string | null;
  readonly endedAt: string | null;
  readonly everyMs: number;
};

/** Days that have a column. */
const SHOWN_DAYS = 7;

/** The tags that are watched, the worst first, by days. @param watch null where none is watched */
export function watchPage(watch: WatchPage | null): string {
  return page({
    title: 'Watched tags',
    place: 'watch',
    body: html`<h1>Watched tags</h1>
      ${watch === null ? html`<p class="lead">None is watched. Name a file with one tag a line in the setting <code>WATCH_FILE</code>.</p>` : board(watch)}`,
  });
}

function board({ tags, beyond, problem, endedAt, everyMs }: WatchPage): Html {
  const days = [...new Set(tags.flatMap((tag) => tag.days.map(({ day }) => day)))]
    .sort()
    .reverse()
    .slice(0, SHOWN_DAYS);
  const counts = TONES.map((tone) => {
    const number = tags.filter((tag) => tag.tone === tone).length;
    return number > 0 && html`<span class="tone ${tone}">${number} ${tone}</span> `;
  });
  return html`<p class="lead">
      ${count(tags.length, 'tag')}, checked every ${Math.round(everyMs / 60_000)} min. ${counts}
      ${endedAt === null ? 'No round has ended yet.' : html`The last round ended at <time datetime="${endedAt}">${timeOf(endedAt)}</time> UTC.`}
    </p>
    ${problem !== null && html`<p class="problem" role="alert">At the last round ${problem}. What is below is from before.</p>`}
    ${beyond > 0 && html`<p class="problem">${beyond} more are in the list: they are not watched.</p>`}
    ${tags.length > 0 && table(tags, days)}`;
}

function table(tags: readonly WatchedTag[], days: readonly string[]): Html {
  const checked = tags.flatMap((tag) => (tag.row === null ? [] : [{ ...tag.row, watched: tag }]));
  const sorted = [...worstFirst(checked).map(({ watched }) => watched), ...tags.filter(({ row }) => row === null)];
  return html`<div class="card scroll" tabindex="0" role="region" aria-label="Watched tags, the worst first">
    <table class="batch watched">
      <thead>
        <tr>
          <th scope="col">Tag</th>
          <th scope="col">Now</th>
          <th scope="col">What an SSP would do</th>
          ${days.map((day) => html`<th scope="col" class="number">${day}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${sorted.map((tag) => rowOf(tag, days))}
      </tbody>
    </table>
  </div>`;
}

function rowOf({ tag, tone, since, row, run, days: known }: WatchedTag, days: readonly string[]): Html {
  const shown = shownTag(tag);
  const said = row === null ? null : shownRow(row);
  return html`<tr>
    <th scope="row">
      ${run === null ? html`<span class="url">${shown}</span>` : html`<a class="url" href="/debug/r/${run}">${shown}</a>`}
    </th>
    <td data-name="now">
      ${row === null || tone === null ? html`<span class="none">not checked yet</span>` : html`<span class="tone ${tone}">${row.status}</span> ${since !== null && html`<span class="small">since <time datetime="${since}">${timeOf(since)}</time></span>`}`}
    </td>
    <td>${said?.verdict ?? '–'}${said?.tell != null && html` <span class="small">Tell ${said.tell}</span>`}</td>
    ${days.map((day) =>
      dayCell(
        day,
        known.find((each) => each.day === day),
      ),
    )}
  </tr>`;
}

function dayCell(day: string, found: WatchedDay | undefined): Html {
  if (found === undefined) return html`<td class="number none" data-name="${day}">–</td>`;
  const { checks, bad, doubtful } = found;
  const [tone, number] = bad > 0 ? ['bad', bad] : doubtful > 0 ? ['doubtful', doubtful] : ['good', checks];
  return html`<td class="number" data-name="${day}">
    <span class="tone ${tone}">${number === checks ? count(checks, 'check') : `${number} of ${checks}`} ${tone}</span>
  </td>`;
}

const timeOf = (at: string): string => at.slice(0, 16).replace('T', ' ');
