import type Router from '@koa/router';
import { createArmedPlays } from './armed-plays.ts';
import { playArmRoute, playFireRoute, playRoute, type PlayRouteDeps, playSendRoute } from './play-route.ts';
import { batchFormRoute, batchRoute, type BatchRouteDeps, batchStartRoute, batchStopRoute } from './batch-route.ts';
import { createBatches } from './batches.ts';
import { rotateRoute, type RotateRouteDeps } from './rotate-route.ts';
import { browserFile } from './browser-file.ts';
import {
  debugFormRoute,
  debugMediaRoute,
  debugResultRoute,
  type DebugRouteDeps,
  debugRunRoute,
} from './debug-route.ts';
import type { SharedRuns } from './debug-store.ts';
import { createHistory, type HistoryScope } from './history.ts';
import { historyRoute } from './history-route.ts';
import { watchRoute } from './watch-route.ts';
import type { WatchState } from './watch.ts';
import { hostsPageRoute } from './hosts-page-route.ts';
import type { HostReports } from '../http/hosts-route.ts';
import { modulesRoute } from './modules-route.ts';
import { errorPage } from './error-page.ts';
import { EXPORT_PATH, exportRoute } from './export-route.ts';
import { ownNameOnly, pageHeaders, rateLimit, sameSiteOnly } from './page-safety.ts';
import { untraced } from '../unwrap/ports.ts';
import type { LogBug } from '../http/error-handler.ts';
import { traced, type RequestState, type TraceRequest } from '../http/request-trace.ts';

export type PagesDeps = Omit<DebugRouteDeps, 'history' | 'limits'> & {
  readonly limits: DebugRouteDeps['limits'] & { readonly HISTORY: HistoryScope; readonly WATCH_EVERY_MS: number };
  /** What the watch knows; null where nothing is watched. */
  readonly watchState: () => WatchState | null;
  readonly traceRequest: TraceRequest;
  readonly hostReports: HostReports;
  /** Where runs are kept besides this process; null where nowhere. */
  readonly sharedRuns: SharedRuns | null;
  readonly token: string | null;
  /** Tells these URLs, through the egress guard. */
  readonly fireErrors: (urls: readonly string[]) => void;
  /** Has this process more to do than it can? */
  readonly isBusy: () => boolean;
  readonly logBug: LogBug;
  /** Told what is to be done when the service ends. */
  readonly whenClosed: (run: () => void) => void;
};

/** Unwraps that the debug page may ask for in a minute. */
const RUNS_PER_MINUTE = 60;
/** Lists that may be begun in a minute. */
const BATCHES_PER_MINUTE = 12;

/** Adds the pages for people to the admin listener. */
export function addPages(router: Router<RequestState>, deps: PagesDeps): void {
  const history = createHistory(deps.limits.HISTORY, deps.token ?? '', deps.sharedRuns);
  const debug: DebugRouteDeps = { ...deps, history };
  const batch: BatchRouteDeps = {
    limits: deps.limits,
    check: { unwrap: deps.unwrap, trace: untraced, limits: deps.limits },
    batches: createBatches({
      keep: (run, viewer) => {
        debug.store.keep(run);
        history.note(run, viewer);
      },
      isBusy: deps.isBusy,
      logBug: (error) => deps.logBug(error, null),
      now: Date.now,
    }),
  };
  deps.whenClosed(batch.batches.close);
  const page = [pageHeaders(), errorPage(), ownNameOnly(deps.token)] as const;
  router.get('/', ...page, (ctx) => ctx.redirect('/debug'));
  router.get('/debug', ...page, debugFormRoute(debug));
  router.post(
    '/debug',
    ...page,
    sameSiteOnly(),
    rateLimit(RUNS_PER_MINUTE, 60_000),
    traced('/debug', deps.traceRequest),
    debugRunRoute(debug),
  );
  router.get(/^\/debug\/r\/[\w-]+$/, ...page, debugResultRoute(debug));
  router.get(EXPORT_PATH, ...page, exportRoute(debug));
  router.get(/^\/debug\/r\/[\w-]+\/media\/\d+$/, ...page, debugMediaRoute(debug));
  const play: PlayRouteDeps = { store: debug.store, armed: createArmedPlays(), fireErrors: deps.fireErrors };
  router.get(/^\/debug\/r\/[\w-]+\/play$/, ...page, playRoute(play));
  router.get(/^\/debug\/r\/[\w-]+\/play\/send$/, ...page, playSendRoute(play));
  router.post(/^\/debug\/r\/[\w-]+\/play\/arm$/, ...page, sameSiteOnly(), playArmRoute(play));
  router.post(/^\/debug\/r\/[\w-]+\/play\/fire$/, ...page, sameSiteOnly(), playFireRoute(play));
  const rotate: RotateRouteDeps = { store: debug.store, batches: batch.batches, check: batch.check };
  router.post(
    /^\/debug\/r\/[\w-]+\/rotate$/,
    ...page,
    sameSiteOnly(),
    rateLimit(BATCHES_PER_MINUTE, 60_000),
    rotateRoute(rotate),
  );
  router.get('/batch', ...page, batchFormRoute(batch));
  router.post('/batch', ...page, sameSiteOnly(), rateLimit(BATCHES_PER_MINUTE, 60_000), batchStartRoute(batch));
  router.get(/^\/batch\/[\w-]+(\.csv|\.json)?$/, ...page, batchRoute(batch));
  router.post(/^\/batch\/[\w-]+\/stop$/, ...page, sameSiteOnly(), batchStopRoute(batch));
  router.get('/history', ...page, historyRoute(history, deps.limits.HISTORY));
  router.get('/watch', ...page, watchRoute(deps.watchState, deps.limits.WATCH_EVERY_MS));
  router.get('/hosts', ...page, hostsPageRoute(deps.hostReports));
  router.get('/debug/style.css', ...page, browserFile('style.css'));
  router.get('/debug/script.js', ...page, browserFile('script.js'));
  router.get('/debug/play.js', ...page, browserFile('play.js'));
  router.get(/^\/debug\/modules\/[\w@./-]+\.js$/, ...page, modulesRoute());
  router.get('/debug/icon.svg', ...page, browserFile('icon.svg'));
}
