import { assetListAnswer, type Stitching } from './asset-list-answer.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import { freshMembers, type ReportContext, unwrapReport } from './unwrap-report.ts';

/** What answers can be written as, in the order in which they are preferred after a request of that kind. */
export const JSON_FIRST = ['application/json', 'application/xml', 'text/xml'] as const;
export const XML_FIRST = ['application/xml', 'text/xml', 'application/json'] as const;
export type AnswerType = (typeof JSON_FIRST)[number];

/** An answer as it goes over the wire. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
};

/** The answer to an unwrap: a report, or the document alone, 204 where there is none. */
export function unwrapResponse(result: UnwrapResult, type: AnswerType, context: ReportContext): Answer {
  const body = type === 'application/json' ? jsonBody(result, context) : (result.written?.adm ?? result.adm);
  return answerWith(body, type, result, context);
}

/** The answer to an unwrap whose ads are to be stitched into a stream: an HLS asset list, empty where there is none. */
export function assetListResponse(result: UnwrapResult, context: ReportContext, stitching?: Stitching): Answer {
  return answerWith(JSON.stringify(assetListAnswer(result, stitching)), 'application/json', result, context);
}

function answerWith(body: Answer['body'], type: AnswerType, result: UnwrapResult, context: ReportContext): Answer {
  return {
    status: body === null ? 204 : 200,
    headers: {
      'VAST-Status': result.status,
      ...(result.vastError !== null && { 'VAST-Error': String(result.vastError) }),
      'VAST-Wrappers': String(result.wrappers),
      ...removedHeader(result, context),
      'Server-Timing': serverTiming(result),
      'Cache-Control': 'no-store',
      ...(body !== null && { 'Content-Type': `${type}; charset=utf-8` }),
    },
    body,
  };
}

/** How many elements left the document for the device that it was written for: a document alone cannot say it. */
function removedHeader(result: UnwrapResult, { project = false }: ReportContext): object {
  // `projection` is read only where it must be: of a remembered result that means to parse it
  return project ? { 'VAST-Removed': String(result.written?.removed ?? result.projection?.removed.length ?? 0) } : {};
}

/** What was remembered is sent as it was written, with what is this request's own between and behind. */
function jsonBody(result: UnwrapResult, context: ReportContext): string | Buffer {
  const { written } = result;
  if (written === undefined || context.trackers) return JSON.stringify(unwrapReport(result, context));
  const own = `${JSON.stringify(freshMembers(result, context)).slice(1, -1)},`;
  const { traceId, warnings = [] } = context;
  const last = JSON.stringify({ ...(warnings.length > 0 && { warnings }), traceId }).slice(1);
  const [ownBytes, lastBytes] = [Buffer.byteLength(own), Buffer.byteLength(last)];
  const { head, tail } = written;
  const body = Buffer.allocUnsafeSlow(1 + head.length + ownBytes + tail.length + lastBytes);
  let at = body.write('{');
  at += head.copy(body, at);
  at += body.write(own, at);
  at += tail.copy(body, at);
  body.write(last, at);
  return body;
}

/** Of sixteen hosts so much fits into the headers that any proxy takes. */
const MAX_HOST_CHARS = 100;

/** What a quoted string may hold as it is [RFC 9110, 5.6.4]: hosts are written by strangers. */
const quotable = (host: string): string => host.slice(0, MAX_HOST_CHARS).replace(/[^\w.:[\]-]/g, '?');

/** With one digit behind the point, as `toFixed(1)` writes it, which takes several times as long. */
function tenths(ms: number): string {
  const all = Math.round(ms * 10);
  return `${Math.trunc(all / 10)}.${all % 10}`;
}

/** The whole and each hop with its host [Server Timing]. */
function serverTiming({ deadline, hops }: UnwrapResult): string {
  let metrics = `total;dur=${tenths(deadline.elapsedMs)}`;
  for (const { index, host, ms } of hops) {
    metrics += `, hop${index};dur=${tenths(ms)}${host === null ? '' : `;desc="${quotable(host)}"`}`;
  }
  return metrics;
}
