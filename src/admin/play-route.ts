import type { Middleware, ParameterizedContext } from 'koa';
import { type Redact, redactFor, SHOW_ALL } from '../debug/redact.ts';
import type { DebugRun } from '../debug/run.ts';
import { RequestError } from '../http/problem.ts';
import type { RequestState } from '../http/request-trace.ts';
import { fillMacros } from '../vast/macros.ts';
import type { ArmedPlays } from './armed-plays.ts';
import type { DebugStore } from './debug-store.ts';
import { mustFindRun } from './must-find-run.ts';
import { playPolicy } from './page-safety.ts';
import { type PlayedAd, playedAds } from './pages/played-ads.ts';
import { playPage, sendTrackersPage } from './pages/play-page.ts';
import { readFields } from './read-fields.ts';
import { sendPage } from './send-page.ts';
import { viewerOf } from './viewer.ts';

export type PlayRouteDeps = {
  readonly store: DebugStore;
  readonly armed: ArmedPlays;
  /** Tells these URLs, through the egress guard. */
  readonly fireErrors: (urls: readonly string[]) => void;
};

type Context = ParameterizedContext<RequestState>;

/** `GET /debug/r/{id}/play?ad=`: an ad of a run in a player; only the origins of its media may be asked. */
export function playRoute({ store, armed }: PlayRouteDeps): Middleware {
  return async (ctx) => {
    const { run, ads, at } = await findAd(ctx, store, new URLSearchParams(ctx.querystring).get('ad'));
    const token = new URLSearchParams(ctx.querystring).get('armed') ?? '';
    const { file, overlays, companions, icons } = ads[at]!;
    const pictures = [...overlays, ...companions, ...icons].map(({ origin }) => origin);
    ctx.set('Content-Security-Policy', playPolicy(file === null ? [] : [file.origin], pictures));
    const isArmed = armed.isArmed(token, keyOf(run, at));
    const shown = shownAds(ads, redactOf(run, ctx));
    sendPage(ctx, 200, playPage({ runPath: `/debug/r/${run.id}`, ads: shown, at, armed: isArmed ? token : null }));
  };
}

/** `GET /debug/r/{id}/play/send?ad=`: asks whether trackers are to be sent for real. */
export function playSendRoute({ store }: PlayRouteDeps): Middleware {
  return async (ctx) => {
    const { run, ads, at } = await findAd(ctx, store, new URLSearchParams(ctx.querystring).get('ad'));
    sendPage(ctx, 200, sendTrackersPage({ runPath: `/debug/r/${run.id}`, ads, at }));
  };
}

/** `POST /debug/r/{id}/play/arm`: from now on the page sends them. */
export function playArmRoute({ store, armed }: PlayRouteDeps): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const fields = await readFields(ctx);
    const { run, at } = await findAd(ctx, store, fields.get('ad'));
    if (fields.get('sure') !== 'yes') throw new RequestError('bad-field', 'Say that they may be counted, or go back.');
    ctx.status = 303;
    ctx.set('Location', `/debug/r/${run.id}/play?ad=${at}&armed=${armed.arm(keyOf(run, at))}`);
    ctx.body = '';
  };
}

/** `POST /debug/r/{id}/play/fire`: sends one tracker, once, where that was allowed. */
export function playFireRoute({ store, armed, fireErrors }: PlayRouteDeps): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const fields = await readFields(ctx);
    const { run, ads, at } = await findAd(ctx, store, fields.get('ad'));
    const cue = /^\d{1,4}$/.test(fields.get('cue') ?? '') ? Number(fields.get('cue')) : -1;
    const url = ads[at]!.cues[cue]?.url;
    if (url === undefined) throw new RequestError('not-found', 'There is no such tracker.');
    if (!armed.take(fields.get('armed') ?? '', keyOf(run, at), cue)) {
      throw new RequestError('bad-field', 'It was sent already, or nobody has allowed it within half an hour.');
    }
    const now = new Date().toISOString().replace('Z', '+00:00');
    const random = String(Math.floor(Math.random() * 90_000_000) + 10_000_000);
    fireErrors([
      fillMacros(
        url,
        new Map([
          ['TIMESTAMP', now],
          ['CACHEBUSTING', random],
        ]),
      ).uri,
    ]);
    ctx.status = 204;
  };
}

/** Trackers hold what their servers were told of the viewer. */
const redactOf = ({ owner, request }: DebugRun, ctx: ParameterizedContext): Redact =>
  owner !== null && owner === viewerOf(ctx) ? SHOW_ALL : redactFor(request);

const shownAds = (ads: readonly PlayedAd[], { text }: Redact): readonly PlayedAd[] =>
  ads.map((ad) => ({ ...ad, cues: ad.cues.map((cue) => ({ ...cue, url: text(cue.url) })) }));

const keyOf = ({ id }: DebugRun, at: number): string => `${id} ${at}`;

async function findAd(
  ctx: ParameterizedContext,
  store: DebugStore,
  wanted: string | null,
): Promise<{ readonly run: DebugRun; readonly ads: readonly PlayedAd[]; readonly at: number }> {
  const [, id = ''] = /^\/debug\/r\/([\w-]+)\/play/.exec(ctx.path) ?? [];
  const run = await mustFindRun(store, id);
  const ads = playedAds(run.result);
  const at = /^\d{1,2}$/.test(wanted ?? '0') ? Number(wanted ?? '0') : -1;
  if (ads[at] === undefined) throw new RequestError('not-found', 'There is no such ad in the result.');
  return { run, ads, at };
}
