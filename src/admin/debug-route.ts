import type { Middleware, ParameterizedContext } from 'koa';
import { type DebugForm, emptyForm } from '../debug/debug-form.ts';
import { comparePage } from './pages/compare-page.ts';
import { formPage } from './pages/form-page.ts';
import { mediaFilesOf, mediaOrigin, mediaPage } from './pages/media-page.ts';
import { resultPage } from './pages/result-page.ts';
import { vmapPage } from './pages/vmap-page.ts';
import type { DebugRun } from '../debug/run.ts';
import { Deadline } from '../deadline.ts';
import { readBody } from '../http/body.ts';
import { readDebugForm, readDebugRequest, type TimedDebugRequest } from './debug-request.ts';
import type { DebugStore } from './debug-store.ts';
import { mustFindRun } from './must-find-run.ts';
import { mediaPolicy } from './page-safety.ts';
import { sendPage } from './send-page.ts';
import { RequestError } from '../http/problem.ts';
import { runDebug } from './run-debug.ts';
import { makeViewer } from './viewer.ts';
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
    sendPage(ctx, 200, formPageOf(emptyFormOf(limits), [], limits));
  };
}

/** `POST /debug`: runs what the form asks for, or a run again, and leads to its page. */
export function debugRunRoute({ limits, unwrap, store }: DebugRouteDeps): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const reading = Deadline.after(limits.DEBUG_TMAX_MS);
    const arrival = await readBody(ctx.req, limits.MAX_BODY_BYTES, reading);
    reading.cancel();
    if (arrival.kind !== 'complete') throw new RequestError('bad-field', 'Send the form faster.');
    const fields = new URLSearchParams(arrival.bytes.toString());
    const before = fields.get('again');
    const earlier = before === null ? null : await store.find(before);
    const form = readDebugForm(fields, earlier?.form ?? emptyFormOf(limits));
    const asked: Asked = before !== null && earlier === null ? { problems: [GONE] } : attempt(form, limits);
    if ('problems' in asked) {
      sendPage(ctx, 400, formPageOf(form, asked.problems, limits));
      return;
    }
    const deadline = Deadline.after(asked.tmaxMs);
    ctx.res.once('close', () => deadline.cancel('closed'));
    // whoever runs another's run again learns no more of them than its link tells
    const owner = earlier?.owner ?? makeViewer(ctx);
    const origin = { owner, before, traceId: ctx.state.traceId, trace: ctx.state.request.trace };
    const [run, ...ofBreaks] = await runDebug(asked, origin, deadline, unwrap);
    ctx.state.result = run.result;
    for (const each of [...ofBreaks, run]) store.keep(each);
    ctx.status = 303;
    ctx.set('Location', `/debug/r/${run.id}`);
    ctx.body = '';
  };
}

/** `GET /debug/r/{id}` and `GET /debug/r/{id}.json`: a run that was kept; `?with=` another one beside it. */
export function debugResultRoute({ store }: DebugRouteDeps): Middleware {
  return async (ctx) => {
    const [, id = '', json] = /^\/debug\/r\/([\w-]+)(\.json)?$/.exec(ctx.path) ?? [];
    const run = await mustFindRun(store, id);
    const other = new URLSearchParams(ctx.querystring).get('with');
    if (json === undefined && other !== null)
      return sendPage(ctx, 200, comparePage(await mustFindRun(store, other), run));
    if (json === undefined)
      return sendPage(ctx, 200, run.vmap === null ? resultPage(run) : await vmapPageOf(run, store));
    ctx.type = 'application/json';
    const { startedAt, traceId } = run;
    ctx.body = JSON.stringify(unwrapReport(run.result, { startedAt, traceId, trackers: true }));
  };
}

async function vmapPageOf(run: DebugRun, store: DebugStore): Promise<string> {
  const vmap = run.vmap!;
  const ids = vmap.breaks.map(({ run: id }) => id).filter((id) => id !== null);
  const found = await Promise.all(ids.map(store.find));
  return vmapPage(run, vmap, new Map(found.flatMap((each) => (each === null ? [] : [[each.id, each]]))));
}

/** `GET /debug/r/{id}/media/{number}`: one media file of a run, loaded from its own origin and no other. */
export function debugMediaRoute({ store }: DebugRouteDeps): Middleware {
  return async (ctx) => {
    const [, id = '', number] = /^\/debug\/r\/([\w-]+)\/media\/(\d+)$/.exec(ctx.path) ?? [];
    const run = await mustFindRun(store, id);
    const file = mediaFilesOf(run)[Number(number)];
    const origin = file === undefined ? null : mediaOrigin(file);
    if (file === undefined || origin === null) throw new RequestError('not-found', 'There is no such media file.');
    ctx.set('Content-Security-Policy', mediaPolicy(origin));
    sendPage(ctx, 200, mediaPage(run, file));
  };
}

type Asked = TimedDebugRequest | { readonly problems: readonly string[] };
type Limits = DebugRouteDeps['limits'];

const GONE = 'The result that was to be run again is no longer kept. Paste the tag again.';

function attempt(form: DebugForm, limits: Limits): Asked {
  try {
    return readDebugRequest(form, limits);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { errors, message } = error;
    if (errors.length === 0) return { problems: [message] };
    return { problems: errors.map((each) => (each.field === 'tag' ? each.message : `${each.field}: ${each.message}`)) };
  }
}

const emptyFormOf = ({ DEBUG_TMAX_MS, MAX_WRAPPERS, REPAIR }: Limits): DebugForm =>
  emptyForm(DEBUG_TMAX_MS, MAX_WRAPPERS, REPAIR);

const formPageOf = (form: DebugForm, problems: readonly string[], limits: Limits): string =>
  formPage({ form, empty: emptyFormOf(limits), problems, maxTmaxMs: limits.DEBUG_TMAX_MS });
