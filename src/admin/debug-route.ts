import type { Middleware, ParameterizedContext } from 'koa';
import { type DebugForm, emptyForm } from '../debug/debug-form.ts';
import { comparePage } from './pages/compare-page.ts';
import { formPage, type FormPage } from './pages/form-page.ts';
import { type View, viewOf } from './pages/view.ts';
import { mediaFilesOfRun, mediaOrigin, mediaPage } from './pages/media-page.ts';
import { drawDocumentsInTurns } from './pages/drawn-documents.ts';
import { resultPage } from './pages/result-page.ts';
import { vmapPage } from './pages/vmap-page.ts';
import type { Api } from '../debug/curl.ts';
import { type Redact, redactFor } from '../debug/redact.ts';
import { sharedTag } from '../debug/shared-tag.ts';
import type { DebugRun, VmapRun } from '../debug/run.ts';
import { Deadline } from '../deadline.ts';
import { readBody } from '../http/body.ts';
import { readDebugForm, readDebugRequest, type TimedDebugRequest } from './debug-request.ts';
import type { DebugStore } from './debug-store.ts';
import type { History } from './history.ts';
import { mustFindRun } from './must-find-run.ts';
import { mediaPolicy } from './page-safety.ts';
import { sendPage } from './send-page.ts';
import { RequestError } from '../http/problem.ts';
import { runDebug } from './run-debug.ts';
import { makeViewer, viewerOf } from './viewer.ts';
import type { RequestState } from '../http/request-trace.ts';
import type { UnwrapRouteDeps } from '../http/unwrap-route.ts';

export type DebugRouteDeps = Pick<UnwrapRouteDeps, 'unwrap'> & {
  /** The port of the public listener; null while there is none. */
  readonly publicPort: () => number | null;
  readonly limits: UnwrapRouteDeps['limits'] & { readonly DEBUG_TMAX_MS: number };
  readonly store: DebugStore;
  readonly history: History;
};

type Context = ParameterizedContext<RequestState>;

/** Where the API is for whoever has this page open: the same name, and the public port. */
export function apiOf(
  { protocol, hostname }: Pick<ParameterizedContext, 'protocol' | 'hostname'>,
  { publicPort, limits }: Pick<DebugRouteDeps, 'publicPort' | 'limits'>,
): Api {
  return { base: `${protocol}://${hostname}:${publicPort() ?? 8080}`, maxTmaxMs: limits.TMAX_MAX_MS };
}

/** `GET /debug`: the empty form; `?edit=` that of a run, so that it can be changed and run again. */
export function debugFormRoute(deps: DebugRouteDeps): Middleware {
  const { limits, store } = deps;
  return async (ctx) => {
    const edited = new URLSearchParams(ctx.querystring).get('edit');
    if (edited === null) return sendPage(ctx, 200, formPageOf(emptyFormOf(limits), [], limits));
    const run = await mustFindRun(store, edited);
    const { isOwn, redact } = viewOf(run, viewerOf(ctx), apiOf(ctx, deps));
    const [form, notes] = isOwn ? [run.form, []] : [sharedForm(run.form, redact), [NOT_YOURS]];
    sendPage(ctx, 200, formPageOf(form, [], limits, { notes, isOpen: true }));
  };
}

/** `POST /debug`: runs what the form asks for, or a run again, and leads to its page. */
export function debugRunRoute({ limits, unwrap, store, history }: DebugRouteDeps): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const reading = Deadline.after(limits.DEBUG_TMAX_MS);
    const arrival = await readBody(ctx.req, limits.MAX_BODY_BYTES, reading);
    reading.cancel();
    if (arrival.kind !== 'complete') throw new RequestError('bad-field', 'Send the form faster.');
    const fields = new URLSearchParams(arrival.bytes.toString());
    const before = fields.get('again');
    const earlier = before === null ? null : await store.find(before);
    const viewer = makeViewer(ctx);
    // whoever runs another's run again learns no more of them than its link tells, and neither does a host of theirs
    const owner = earlier?.owner ?? viewer;
    const form =
      earlier === null
        ? readDebugForm(fields, emptyFormOf(limits))
        : readDebugForm(changesOf(fields, owner === viewer), earlier.form);
    const asked: Asked = before !== null && earlier === null ? { problems: [GONE] } : attempt(form, limits);
    if ('problems' in asked) {
      const shown = earlier === null || owner === viewer ? form : sharedForm(form, redactFor(earlier.request));
      sendPage(ctx, 400, formPageOf(shown, asked.problems, limits));
      return;
    }
    const deadline = Deadline.after(asked.tmaxMs);
    ctx.res.once('close', () => deadline.cancel('closed'));
    const origin = { owner, before, traceId: ctx.state.traceId, trace: ctx.state.request.trace };
    const [run, ...ofBreaks] = await runDebug(asked, origin, deadline, unwrap);
    ctx.state.result = run.result;
    for (const each of [...ofBreaks, run]) store.keep(each);
    history.note(run, viewer);
    ctx.status = 303;
    ctx.set('Location', `/debug/r/${run.id}`);
    ctx.body = '';
  };
}

/** `GET /debug/r/{id}`: a run that was kept; `?with=` another one beside it, `?shared` as others see it. */
export function debugResultRoute(deps: DebugRouteDeps): Middleware {
  const { store } = deps;
  return async (ctx) => {
    const [, id = ''] = /^\/debug\/r\/([\w-]+)$/.exec(ctx.path) ?? [];
    const run = await mustFindRun(store, id);
    const query = new URLSearchParams(ctx.querystring);
    const viewer = query.has('shared') ? null : viewerOf(ctx);
    const view = viewOf(run, viewer, apiOf(ctx, deps));
    const other = query.get('with');
    if (other !== null) {
      const before = await mustFindRun(store, other);
      sendPage(ctx, 200, comparePage([before, viewOf(before, viewer, view.api)], [run, view]));
    } else {
      const page =
        run.vmap === null
          ? resultPage(run, view, await drawDocumentsInTurns(run, view))
          : await vmapPageOf(run, run.vmap, view, store);
      sendPage(ctx, 200, page);
    }
  };
}

async function vmapPageOf(run: DebugRun, vmap: VmapRun, view: View, store: DebugStore): Promise<string> {
  const ids = vmap.breaks.map(({ run: id }) => id).filter((id) => id !== null);
  const found = await Promise.all(ids.map(store.find));
  return vmapPage(run, vmap, new Map(found.flatMap((each) => (each === null ? [] : [[each.id, each]]))), view);
}

/** `GET /debug/r/{id}/media/{number}`: one media file of a run, loaded from its own origin and no other. */
export function debugMediaRoute({ store }: DebugRouteDeps): Middleware {
  return async (ctx) => {
    const [, id = '', number] = /^\/debug\/r\/([\w-]+)\/media\/(\d+)$/.exec(ctx.path) ?? [];
    const run = await mustFindRun(store, id);
    const file = mediaFilesOfRun(run)[Number(number)];
    const origin = file === undefined ? null : mediaOrigin(file);
    if (file === undefined || origin === null) throw new RequestError('not-found', 'There is no such media file.');
    ctx.set('Content-Security-Policy', mediaPolicy(origin));
    sendPage(ctx, 200, mediaPage(run, file));
  };
}

type Asked = TimedDebugRequest | { readonly problems: readonly string[] };
type Limits = DebugRouteDeps['limits'];

/** What may be changed of a run that is run again as it was: its player, the cache; and by the one who ran it macros. */
function changesOf(fields: URLSearchParams, isOwn: boolean): URLSearchParams {
  const isAllowed = (name: string): boolean =>
    name === 'preset' || name === 'fresh' || (isOwn && name.startsWith('macro:'));
  return new URLSearchParams([...fields].filter(([name]) => isAllowed(name)));
}

/** What others may see of what was filled in. */
function sharedForm(form: DebugForm, redact: Redact): DebugForm {
  return { ...form, ip: '', consent: '', macros: '', tag: sharedTag(form.tag, redact) };
}

const NOT_YOURS =
  'Somebody else ran this: what may be a person’s or a key is not in it. Fill in what stands as REDACTED, the IP address and the consent yourself.';
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

const formPageOf = (
  form: DebugForm,
  problems: readonly string[],
  limits: Limits,
  more: Partial<FormPage> = {},
): string => formPage({ form, empty: emptyFormOf(limits), problems, maxTmaxMs: limits.DEBUG_TMAX_MS, ...more });
