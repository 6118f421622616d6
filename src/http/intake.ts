import type { ParameterizedContext } from 'koa';
import type { Deadline } from '../deadline.ts';
import { decodeBytes } from '../vast/decode.ts';
import { type BodyRoom, readBody } from './body.ts';
import { readJsonBody } from './json-body.ts';
import { RequestError } from './problem.ts';
import { queryOf } from './query.ts';
import type { RequestParts } from './unwrap-request.ts';

/** What came in, or why nothing can be made of it. */
export type Intake = { readonly parts: RequestParts } | { readonly early: 'timeout' | 'gone' };

/**
 * Takes a request in: a JSON body, a document with its options in the query, or the query alone.
 * @throws RequestError 400 for what is no JSON, 413, 415
 */
export async function takeIn(ctx: ParameterizedContext, maxBytes: number, deadline: Deadline): Promise<Intake> {
  const query = queryOf(ctx);
  if (ctx.method !== 'POST') return { parts: { query } };
  const stated = bodyType(ctx);
  if (stated === undefined) {
    throw new RequestError('unsupported-media-type', `Send one of ${[...BODY_TYPES.keys()].join(', ')}.`, {
      headers: { Accept: [...BODY_TYPES.keys()].join(', ') },
    });
  }
  const arrival = await readBody(ctx.req, maxBytes, deadline, ctx.state['bodies'] as BodyRoom | undefined);
  if (arrival.kind !== 'complete') return { early: arrival.kind === 'late' ? 'timeout' : 'gone' };
  const type = stated === 'plain' ? statePlain(ctx, arrival.bytes) : stated;
  if (type === 'json') {
    const { value: json, warnings } = readJsonBody(arrival.bytes, ctx.get('Content-Type'));
    return { parts: { json, warnings: [...arrival.notes.map(({ message }) => message), ...warnings] } };
  }
  const { text: adm, notes } = decodeBytes(arrival.bytes, ctx.get('Content-Type'));
  return { parts: { query, adm, notes: [...arrival.notes, ...notes] } };
}

const BODY_TYPES: ReadonlyMap<string, 'json' | 'xml' | 'plain'> = new Map([
  ['application/json', 'json'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['text/plain', 'plain'],
]);

/** Which kind of body was sent, as far as it is said; undefined for one that is not read here. */
export function bodyType(ctx: ParameterizedContext): 'json' | 'xml' | 'plain' | undefined {
  const [type = ''] = ctx.get('Content-Type').split(';');
  return BODY_TYPES.get(type.trim().toLowerCase());
}

/**
 * Browsers send `text/plain` to other sites without asking them first. From here on such a body has the type of what it
 * is: an object in braces is JSON, anything else a document or the URL of one.
 */
function statePlain(ctx: ParameterizedContext, bytes: Buffer): 'json' | 'xml' {
  const first = bytes.find((byte) => !BLANK.includes(byte));
  const type = first === OPEN_BRACE ? 'json' : 'xml';
  const { headers } = ctx.req;
  headers['content-type'] = headers['content-type']?.replace(
    /^[^;]*/,
    type === 'json' ? 'application/json' : 'text/xml',
  );
  return type;
}

const OPEN_BRACE = 0x7b;
/** White space, and the bytes of a byte order mark of UTF-8. */
const BLANK: readonly number[] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf];
