import type { Middleware } from 'koa';
import { Deadline } from '../deadline.ts';
import { readBody } from '../http/body.ts';
import { readJsonBody } from '../http/json-body.ts';
import { RequestError } from '../http/problem.ts';
import { WarmBodySchema } from '../http/schema.ts';
import { unknownFields } from '../http/unknown-fields.ts';
import { checked } from '../http/unwrap-request.ts';
import type { WarmList } from '../warming/warm-plan.ts';
import type { WarmStart } from '../warming/warming.ts';

/** Makes a list ready: here, or in all workers. */
export type Warm = (list: WarmList) => WarmStart | Promise<WarmStart>;

/** A list with nothing in it: what the caller leaves out is not made ready. */
const NOTHING: WarmList = { hosts: [], tags: [], media: [], ask: false, perSecond: 20 };
/** How long a body may take, in ms. */
const BODY_MS = 10_000;

/**
 * `POST /v1/warm`: connections, names and media verdicts made ready before they are needed. 202 says how many things were
 * begun; nobody waits for them.
 */
export function warmRoute(warm: Warm, maxBytes: number): Middleware {
  return async (ctx) => {
    if (ctx.is('application/json') === false) {
      throw new RequestError('unsupported-media-type', 'Send application/json.', {
        headers: { Accept: 'application/json' },
      });
    }
    const deadline = Deadline.after(BODY_MS);
    try {
      const arrival = await readBody(ctx.req, maxBytes, deadline);
      if (arrival.kind !== 'complete') throw new RequestError('bad-json', 'Send the whole body within 10 s.');
      const { value, warnings: ofText } = readJsonBody(arrival.bytes, ctx.get('Content-Type'));
      const body = checked(WarmBodySchema, value);
      if (body.hosts === undefined && body.tags === undefined && body.media === undefined) {
        throw new RequestError('bad-field', 'Name hosts, tags or media.');
      }
      const { count, refused } = await warm({ ...NOTHING, ...body });
      const warnings = [...ofText, ...unknownFields(value, Object.keys(WarmBodySchema.shape))];
      ctx.status = 202;
      ctx.body = { count, refused, ...(warnings.length > 0 && { warnings }) };
    } finally {
      deadline.cancel();
    }
  };
}
