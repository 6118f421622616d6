import type { Middleware, ParameterizedContext } from 'koa';
import { harOf } from '../debug/har.ts';
import { redactFor } from '../debug/redact.ts';
import type { DebugRun } from '../debug/run.ts';
import { ticketOf } from '../debug/ticket.ts';
import { RequestError } from '../http/problem.ts';
import { unwrapReport } from '../http/unwrap-report.ts';
import { apiOf, type DebugRouteDeps } from './debug-route.ts';
import { mustFindRun } from './must-find-run.ts';
import { type View, viewOf } from './pages/view.ts';
import { viewerOf } from './viewer.ts';

type Export = {
  readonly type: string;
  /** Null where the run has nothing of the kind. @param link the address of its page */
  readonly text: (run: DebugRun, view: View, link: string) => string | null;
};

/** What a run can be taken along as, by the ending of its address. */
const EXPORTS: Readonly<Record<string, Export>> = {
  json: {
    type: 'application/json',
    text: ({ result, startedAt, traceId }, { redact }) =>
      JSON.stringify(unwrapReport(result, { startedAt, traceId, trackers: true }), (_name, value: unknown) =>
        typeof value === 'string' ? redact.text(value) : value,
      ),
  },
  har: { type: 'application/json', text: (run, { redact }) => JSON.stringify(harOf(run, redact), null, 2) },
  xml: {
    type: 'application/xml',
    text: ({ result }, { redact }) => {
      const adm = result.merged?.adm ?? result.adm;
      return adm === null ? null : redact.text(adm);
    },
  },
  // made to be passed on: it has nothing that others may not see, whoever asks for it
  txt: { type: 'text/plain', text: (run, _view, link) => ticketOf(run, link, redactFor(run.request)) },
};

/** `GET /debug/r/{id}.json`, `.har`, `.xml` and `.txt`. */
export function exportRoute(deps: DebugRouteDeps): Middleware {
  return async (ctx) => {
    const [, id = '', ending = ''] = /^\/debug\/r\/([\w-]+)\.(\w+)$/.exec(ctx.path) ?? [];
    const run = await mustFindRun(deps.store, id);
    const { type, text } = EXPORTS[ending]!;
    const body = text(run, viewOf(run, viewerOf(ctx), apiOf(ctx, deps)), `${originOf(ctx)}/debug/r/${id}`);
    if (body === null) throw new RequestError('not-found', 'This run has no document to play.');
    ctx.type = `${type}; charset=utf-8`;
    if (ending !== 'json') ctx.set('Content-Disposition', `${ending === 'txt' ? 'inline' : 'attachment'}; filename="vast-${id}.${ending}"`); // prettier-ignore
    ctx.body = body;
  };
}

/** The paths that it serves. */
export const EXPORT_PATH = /^\/debug\/r\/[\w-]+\.(json|har|xml|txt)$/;

const originOf = ({ protocol, host }: Pick<ParameterizedContext, 'protocol' | 'host'>): string =>
  `${protocol}://${host}`;
