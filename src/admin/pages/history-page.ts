import type { HistoryEntry, HistoryQuery } from '../../debug/history-entry.ts';
import { count } from '../../debug/figures.ts';
import { STATUSES } from '../../chain/status.ts';
import { html, type Html } from './html.ts';
import { input, field, select } from './form-fields.ts';
import { page } from './page.ts';

export type HistoryPage = {
  readonly entries: readonly HistoryEntry[];
  readonly query: HistoryQuery;
  /** Whose runs are listed. */
  readonly scope: 'own' | 'all' | 'off';
};

const SCOPES = {
  own: 'Those that this browser has asked for within a day. Nobody else sees them here.',
  all: 'Those that anybody has asked for within a day.',
  off: 'None is listed: HISTORY=off.',
} as const;

/** The latest runs, as they are searched for. */
export function historyPage({ entries, query, scope }: HistoryPage): string {
  const statuses = [['', 'any'], ...STATUSES.map((status) => [status, status])] as readonly (readonly [
    string,
    string,
  ])[];
  return page({
    title: 'History',
    place: 'history',
    body: html`<h1>The latest runs</h1>
      <p class="lead">${SCOPES[scope]}</p>
      <form method="get" action="/history" class="ask">
        <div class="grid">
          ${field('text', 'Text', input('text', query.text))}
          ${field('host', 'Host contains', input('host', query.host))}
          ${field('advertiser', 'Advertiser contains', input('advertiser', query.advertiser))}
          ${field('status', 'Status', select('status', query.status, statuses))}
        </div>
        <p><button class="primary">Search</button></p>
      </form>
      <div class="card scroll" tabindex="0" role="region" aria-label="Runs, the latest first">
        <p>
          ${entries.length === 0 ? 'There is none. Unwrap a tag, or search for less.' : count(entries.length, 'run')}
        </p>
        ${entries.length > 0 && table(entries)}
      </div>`,
  });
}

const table = (entries: readonly HistoryEntry[]): Html =>
  html`<table class="batch">
    <thead>
      <tr>
        <th scope="col">When</th>
        <th scope="col">Tag</th>
        <th scope="col">Status</th>
        <th scope="col">What an SSP would do</th>
        <th scope="col">Ad</th>
      </tr>
    </thead>
    <tbody>
      ${entries.map(
        ({ id, at, tag, status, tone, verdict, adTitle, advertiser }) =>
          html`<tr>
            <td data-name="when"><time datetime="${at}">${at.slice(0, 19).replace('T', ' ')}</time></td>
            <th scope="row"><a class="url" href="/debug/r/${id}">${tag}</a></th>
            <td data-name="status"><span class="tone ${tone}">${status}</span></td>
            <td>${verdict}</td>
            <td>${[adTitle, advertiser].filter((each) => each !== null).join(' · ') || '–'}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
