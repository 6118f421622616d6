import type { Middleware, ParameterizedContext } from 'koa';
import { batchCsv } from '../batch/batch-csv.ts';
import { worstFirst } from '../batch/batch-row.ts';
import { readTagList } from '../batch/tag-list.ts';
import { Deadline } from '../deadline.ts';
import { readBody } from '../http/body.ts';
import { RequestError } from '../http/problem.ts';
import type { RequestState } from '../http/request-trace.ts';
import { decodeBytes } from '../vast/decode.ts';
import type { Batch, Batches } from './batches.ts';
import { checkTag, type CheckDeps } from './check-tag.ts';
import { readDebugForm, readDebugRequest } from './debug-request.ts';
import { batchFormPage } from './pages/batch-form-page.ts';
import { batchPage } from './pages/batch-page.ts';
import { type DebugForm, emptyForm } from '../debug/debug-form.ts';
import { makeViewer, viewerOf } from './viewer.ts';
import { sendPage } from './send-page.ts';

export type BatchRouteDeps = {
  readonly check: CheckDeps;
  readonly limits: CheckDeps['limits'] & { readonly MAX_BODY_BYTES: number };
  readonly batches: Batches;
};

/** Tags of one list. */
const MAX_TAGS = 200;

/** `GET /batch`: the empty form. */
export function batchFormRoute({ limits }: BatchRouteDeps): Middleware {
  return (ctx) => sendForm(ctx, 200, emptyForm(limits.DEBUG_TMAX_MS, limits.MAX_WRAPPERS), [], limits);
}

/** `POST /batch`: begins to check a list and leads to its page. */
export function batchStartRoute({ limits, batches, check }: BatchRouteDeps) {
  return async (ctx: ParameterizedContext<RequestState>): Promise<void> => {
    const { fields, file } = await readForm(ctx, limits.MAX_BODY_BYTES, limits.DEBUG_TMAX_MS);
    const text = fields.get('tags') ?? '';
    const form = { ...readDebugForm(fields, emptyForm(limits.DEBUG_TMAX_MS, limits.MAX_WRAPPERS)), tag: text };
    const list = await readTagList(file ?? text, MAX_TAGS);
    const problems =
      list.tags.length === 0 ? ['Paste a tag first, or choose a file that holds some.'] : problemsOf(form, limits);
    if (problems.length > 0) return sendForm(ctx, 400, form, problems, limits);
    const viewer = makeViewer(ctx);
    const batch = batches.start('list', list, { viewer, isOwn: true }, (listed) =>
      checkTag(listed, form, check, viewer),
    );
    if (batch === null) {
      return sendForm(ctx, 429, form, ['Other lists are being checked. Wait until one is done, or stop it.'], limits);
    }
    leadTo(ctx, batch);
  };
}

/** `GET /batch/{id}`, `.csv` and `.json`. */
export function batchRoute({ batches }: BatchRouteDeps): Middleware {
  return (ctx) => {
    const [, id = '', kind] = /^\/batch\/([\w-]+)(\.csv|\.json)?$/.exec(ctx.path) ?? [];
    const batch = mustFind(batches, id);
    const isOwn = batch.viewer === viewerOf(ctx);
    const rows = worstFirst(isOwn ? batch.rows : batch.shownRows);
    if (kind === '.csv') {
      ctx.type = 'text/csv; charset=utf-8';
      ctx.set('Content-Disposition', `attachment; filename="tags-${batch.at.slice(0, 10)}.csv"`);
      ctx.body = batchCsv(rows);
    } else if (kind === '.json') {
      ctx.type = 'application/json';
      ctx.body = JSON.stringify({ state: batch.state, size: batch.size, rows });
    } else {
      sendPage(ctx, 200, batchPage({ ...batch, rows }));
    }
  };
}

/** `POST /batch/{id}/stop`: begins no more of its tags. */
export function batchStopRoute({ batches }: BatchRouteDeps): Middleware {
  return (ctx) => {
    const [, id = ''] = /^\/batch\/([\w-]+)\/stop$/.exec(ctx.path) ?? [];
    const batch = mustFind(batches, id);
    batches.stop(id);
    leadTo(ctx, batch);
  };
}

function mustFind(batches: Batches, id: string): Batch {
  const batch = batches.find(id);
  if (batch !== null) return batch;
  throw new RequestError('not-found', 'There is no such list, or it was kept for longer than a day. Check it again.');
}

function leadTo(ctx: ParameterizedContext, { id }: Batch): void {
  ctx.status = 303;
  ctx.set('Location', `/batch/${id}`);
  ctx.body = '';
}

/** What is wrong with all of them alike. */
function problemsOf(form: DebugForm, limits: BatchRouteDeps['limits']): readonly string[] {
  try {
    readDebugRequest({ ...form, tag: 'https://ads.example/' }, limits);
    return [];
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return error.errors.length > 0 ? error.errors.map(({ field, message }) => `${field}: ${message}`) : [error.message];
  }
}

function sendForm(
  ctx: ParameterizedContext,
  status: number,
  form: DebugForm,
  problems: readonly string[],
  limits: BatchRouteDeps['limits'],
): void {
  sendPage(ctx, status, batchFormPage({ form, problems, maxTmaxMs: limits.DEBUG_TMAX_MS, maxTags: MAX_TAGS }));
}

/**
 * The fields of a form, with or without files, and the text of its file.
 * @throws RequestError where they cannot be read
 */
async function readForm(ctx: ParameterizedContext, maxBytes: number, withinMs: number) {
  const deadline = Deadline.after(withinMs);
  const arrival = await readBody(ctx.req, maxBytes, deadline);
  deadline.cancel();
  if (arrival.kind !== 'complete') throw new RequestError('bad-field', 'Send the form faster.');
  const headers = { 'Content-Type': ctx.get('Content-Type') };
  const sent = await new Response(new Uint8Array(arrival.bytes), { headers }).formData().catch(() => null);
  if (sent === null) throw new RequestError('bad-field', 'Send the form as the page does: it cannot be read.');
  const fields = new URLSearchParams();
  let file: string | null = null;
  for (const [name, value] of sent) {
    if (typeof value === 'string') fields.append(name, value);
    // spreadsheets write UTF-16, too
    else if (value.size > 0) file ??= decodeBytes(Buffer.from(await value.arrayBuffer()), null).text;
  }
  return { fields, file };
}
