import type { Middleware } from 'koa';
import type { History, HistoryScope } from './history.ts';
import { historyPage } from './pages/history-page.ts';
import { sendPage } from './send-page.ts';
import { viewerOf } from './viewer.ts';

/** `GET /history`: the latest runs that whoever asks may see. */
export function historyRoute(history: History, scope: HistoryScope): Middleware {
  return async (ctx) => {
    const asked = new URLSearchParams(ctx.querystring);
    const given = (name: string): string => asked.get(name) ?? '';
    const query = {
      text: given('text'),
      host: given('host'),
      status: given('status'),
      advertiser: given('advertiser'),
    };
    sendPage(ctx, 200, historyPage({ entries: await history.search(query, viewerOf(ctx)), query, scope }));
  };
}
