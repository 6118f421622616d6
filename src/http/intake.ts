import type { ParameterizedContext } from 'koa';
import type { Deadline } from '../deadline.ts';
import { decodeBytes } from '../vast/decode.ts';
import { readBody } from './body.ts';
import { readJsonBody } from './json-body.ts';
import { RequestError } from './problem.ts';
import type { RequestParts } from './unwrap-request.ts';

/** What came in, or why nothing can be made of it. */
export type Intake = { readonly parts: RequestParts } | { readonly early: 'timeout' | 'gone' };

/**
 * Takes a request in: a JSON body, a document with its options in the query, or the query alone.
 * @throws RequestError 400 for what is no JSON, 413, 415
 */
export async function takeIn(ctx: ParameterizedContext, maxBytes: number, deadline: Deadline): Promise<Intake> {
  const query = new URLSearchParams(ctx.querystring);
  if (ctx.method !== 'POST') return { parts: { query } };
  const type = bodyType(ctx);
  if (type === undefined) {
    throw new RequestError('unsupported-media-type', `Send one of ${[...BODY_TYPES.keys()].join(', ')}.`, {
      headers: { Accept: [...BODY_TYPES.keys()].join(', ') },
    });
  }
  const arrival = await readBody(ctx.req, maxBytes, deadline);
  if (arrival.kind !== 'complete') return { early: arrival.kind === 'late' ? 'timeout' : 'gone' };
  if (type === 'json') return { parts: { json: readJsonBody(arrival.bytes).value } };
  const { text: adm, notes } = decodeBytes(arrival.bytes, ctx.get('Content-Type'));
  return { parts: { query, adm, notes } };
}

const BODY_TYPES: ReadonlyMap<string, 'json' | 'xml'> = new Map([
  ['application/json', 'json'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
]);

/** Which kind of body was sent; undefined for one that is not read here. */
export function bodyType(ctx: ParameterizedContext): 'json' | 'xml' | undefined {
  const [type = ''] = ctx.get('Content-Type').split(';');
  return BODY_TYPES.get(type.trim().toLowerCase());
}
