import type { Middleware } from 'koa';
import { watchPage } from './pages/watch-page.ts';
import { sendPage } from './send-page.ts';
import type { WatchState } from './watch.ts';

/** `GET /watch`: the tags that are watched. @param state null where none is */
export function watchRoute(state: () => WatchState | null, everyMs: number): Middleware {
  return (ctx) => {
    const known = state();
    sendPage(ctx, 200, watchPage(known && { ...known, everyMs }));
  };
}
