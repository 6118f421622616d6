import { Deadline } from './deadline.ts';
import { readUnwrapRequest, type UnwrapLimits } from './http/unwrap-request.ts';
import { unwrapResponse } from './http/unwrap-response.ts';
import type { Trace } from './unwrap/ports.ts';
import type { UnwrapRequest } from './unwrap/request.ts';
import type { UnwrapResult } from './unwrap/result.ts';

const INLINE = `<VAST version="4.2"><Ad id="warm-up"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><Impression>https://warm-up.invalid/i</Impression><Creatives><Creative><Linear><Duration>00:00:15</Duration><TrackingEvents><Tracking event="start">https://warm-up.invalid/start</Tracking></TrackingEvents><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360"><![CDATA[https://warm-up.invalid/a.mp4]]></MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
const wrapperOf = (document: string): string =>
  `<VAST version="4.2"><Ad><Wrapper><AdSystem>W</AdSystem><Error>https://warm-up.invalid/e</Error><Impression>https://warm-up.invalid/w</Impression><VASTAdTagURI>data:text/xml;base64,${Buffer.from(document).toString('base64')}</VASTAdTagURI><Creatives><Creative><Linear><TrackingEvents><Tracking event="start">https://warm-up.invalid/w</Tracking></TrackingEvents></Linear></Creative></Creatives></Wrapper></Ad></VAST>`;

/** After so many, one more takes hardly less time. */
const ROUNDS = 20;
/** Code is warm for the whole process, whichever service ran it. */
let isWarm = false;

/**
 * Unwraps a chain that needs no network, some times over, from the JSON of a request to that of its answer: otherwise the
 * first auctions of a fresh process would pay for code that was never run, with much of their deadline. Once for a process.
 */
export async function warmUp(
  unwrap: (request: UnwrapRequest, deadline: Deadline, trace: Trace) => Promise<UnwrapResult>,
  trace: Trace,
  limits: UnwrapLimits,
): Promise<void> {
  if (isWarm) return;
  isWarm = true;
  for (let round = 0; round < ROUNDS; round += 1) {
    // a document that was never seen is read; a known one would only be looked up
    const adm = wrapperOf(wrapperOf(INLINE.replace('warm-up', `warm-up-${round}`)));
    const { request } = readUnwrapRequest({ json: { adm, imp: { video: {} }, options: { probe: 'off' } } }, limits);
    const deadline = Deadline.after(limits.TMAX_MAX_MS);
    const result = await unwrap(request, deadline, trace);
    deadline.cancel();
    unwrapResponse(result, 'application/json', { startedAt: deadline.startedAt, traceId: null, trackers: true });
  }
}
