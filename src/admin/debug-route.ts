import { randomBytes } from 'node:crypto';
import type { Middleware, ParameterizedContext } from 'koa';
import { type DebugForm, emptyForm } from './pages/debug-form.ts';
import { comparePage } from './pages/compare-page.ts';
import { formPage } from './pages/form-page.ts';
import { mediaFilesOf, mediaOrigin, mediaPage } from './pages/media-page.ts';
import { resultPage } from './pages/result-page.ts';
import type { DebugRun } from '../debug/run.ts';
import { Deadline } from '../deadline.ts';
import { readBody } from '../http/body.ts';
import { readDebugForm, readDebugRequest, type TimedDebugRequest } from './debug-request.ts';
import type { DebugStore } from './debug-store.ts';
import { mediaPolicy } from './page-safety.ts';
import { sendPage } from './send-page.ts';
import { RequestError } from '../http/problem.ts';
import type { RequestState } from '../http/request-trace.ts';
import { unwrapReport } from '../http/unwrap-report.ts';
import type { UnwrapRouteDeps } from '../http/unwrap-route.ts';

export type DebugRouteDeps = Pick<UnwrapRouteDeps, 'unwrap'> & {
  readonly limits: UnwrapRouteDeps['limits'] & { readonly DEBUG_TMAX_MS: number };
  readonly store: DebugStore;
};

type Context = ParameterizedContext<RequestState>;

/** `GET /debug`: the empty form. */
export function debugFormRoute({ limits }: DebugRouteDeps): Middleware {
  return (ctx) => {
    sendPage(ctx, 200, formPageOf(emptyForm(limits.DEBUG_TMAX_MS, limits.MAX_WRAPPERS), [], limits.DEBUG_TMAX_MS));
  };
}

/** `POST /debug`: runs what the form asks for and leads to its page. */
export function debugRunRoute({ limits, unwrap, store }: DebugRouteDeps): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const reading = Deadline.after(limits.DEBUG_TMAX_MS);
    const arrival = await readBody(ctx.req, limits.MAX_BODY_BYTES, reading);
    reading.cancel();
    if (arrival.kind !== 'complete') throw new RequestError('bad-field', 'Send the form faster.');
    const fields = new URLSearchParams(arrival.bytes.toString());
    const form = readDebugForm(fields, emptyForm(limits.DEBUG_TMAX_MS, limits.MAX_WRAPPERS));
    const asked = (await again(fields, store)) ?? attempt(form, limits);
    if ('problems' in asked) {
      sendPage(ctx, 400, formPageOf(form, asked.problems, limits.DEBUG_TMAX_MS));
      return;
    }
    const { request, tmaxMs, auctionMs, undone } = asked;
    const deadline = Deadline.after(tmaxMs);
    ctx.res.once('close', () => deadline.cancel('closed'));
    const result = await unwrap(request, deadline, ctx.state.request.trace);
    ctx.state.result = result;
    const run: DebugRun = {
      id: randomBytes(16).toString('base64url'),
      at: new Date().toISOString(),
      request,
      tmaxMs,
      auctionMs,
      before: fields.get('again'),
      undone,
      startedAt: deadline.startedAt,
      traceId: ctx.state.traceId,
      result,
    };
    store.keep(run);
    ctx.status = 303;
    ctx.set('Location', `/debug/r/${run.id}`);
    ctx.body = '';
  };
}

/** `GET /debug/r/{id}` and `GET /debug/r/{id}.json`: a run that was kept; `?with=` another one beside it. */
export function debugResultRoute({ store }: DebugRouteDeps): Middleware {
  return async (ctx) => {
    const [, id = '', json] = /^\/debug\/r\/([\w-]+)(\.json)?$/.exec(ctx.path) ?? [];
    const run = await mustFind(store, id);
    const other = new URLSearchParams(ctx.querystring).get('with');
    if (json === undefined && other !== null) return sendPage(ctx, 200, comparePage(await mustFind(store, other), run));
    if (json === undefined) return sendPage(ctx, 200, resultPage(run));
    ctx.type = 'application/json';
    const { startedAt, traceId } = run;
    ctx.body = JSON.stringify(unwrapReport(run.result, { startedAt, traceId, trackers: true }));
  };
}

/** `GET /debug/r/{id}/media/{number}`: one media file of a run, loaded from its own origin and no other. */
export function debugMediaRoute({ store }: DebugRouteDeps): Middleware {
  return async (ctx) => {
    const [, id = '', number] = /^\/debug\/r\/([\w-]+)\/media\/(\d+)$/.exec(ctx.path) ?? [];
    const run = await mustFind(store, id);
    const file = mediaFilesOf(run)[Number(number)];
    const origin = file === undefined ? null : mediaOrigin(file);
    if (file === undefined || origin === null) throw new RequestError('not-found', 'There is no such media file.');
    ctx.set('Content-Security-Policy', mediaPolicy(origin));
    sendPage(ctx, 200, mediaPage(run, file));
  };
}

/** The run of an id, or of a link that ends in one. */
async function mustFind(store: DebugStore, link: string): Promise<DebugRun> {
  const run = await store.find(idOf(link));
  if (run !== null) return run;
  throw new RequestError('not-found', 'There is no such result, or it was kept for longer than a day. Run it again.');
}

/** What stands behind the last slash. */
function idOf(link: string): string {
  const trimmed = link.trim();
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

type Asked = TimedDebugRequest | { readonly problems: readonly string[] };

/** The run that is to be run again, if the form asks for that. */
async function again(fields: URLSearchParams, store: DebugStore): Promise<Asked | null> {
  const id = fields.get('again');
  if (id === null) return null;
  return (
    (await store.find(id)) ?? {
      problems: ['The result that was to be run again is no longer kept. Paste the tag again.'],
    }
  );
}

function attempt(form: DebugForm, limits: DebugRouteDeps['limits']): Asked {
  try {
    return readDebugRequest(form, limits);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return {
      problems:
        error.errors.length > 0 ? error.errors.map(({ field, message }) => `${field}: ${message}`) : [error.message],
    };
  }
}

const formPageOf = (form: DebugForm, problems: readonly string[], maxTmaxMs: number): string =>
  formPage({ form, problems, maxTmaxMs });
