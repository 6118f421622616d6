import type { ParameterizedContext } from 'koa';
import type { Status } from '../chain/status.ts';
import type { UnwrapRequest } from '../unwrap/request.ts';
import { decodeBytes } from '../vast/decode.ts';
import { canAnswer } from './canned-answer.ts';
import type { NoBid } from './route.ts';
import { readBody } from './body.ts';
import { readPrivacyHeaders } from './privacy-headers.ts';
import { queryOf } from './query.ts';
import { startDeadline } from './request-deadline.ts';
import type { RequestState } from './request-trace.ts';
import { allowedTmax, defaultOptions, tmaxOfTag, type UnwrapLimits } from './unwrap-request.ts';
import type { UnwrapRouteDeps } from './unwrap-route.ts';

/**
 * The header `unwrap-status`, as the unwrap hook of PubMatic's prebid-server fork reads it: it takes the new document on
 * 0 only, drops the bid on 4 and 6 only, and goes on with the original markup for everything else.
 */
export const UNWRAP_STATUS: Readonly<Record<Status, number>> = {
  resolved: 0,
  collapsed: 0,
  no_ad: 4,
  invalid: 6,
  timeout: 10,
  too_deep: 11,
  rejected: 12,
  blocked: 13,
  unreachable: 14,
  shed: 15,
};

/** `POST /unwrap?pub_id=&imr_id=`: `bid.adm` in, the unwrapped document out, everything else in headers. */
export function hookRoute({ limits, unwrap }: UnwrapRouteDeps) {
  return async (ctx: ParameterizedContext<RequestState>): Promise<void> => {
    const deadline = (ctx.state.deadline = startDeadline(ctx, tmaxOfHook(limits)(ctx)));
    const arrival = await readBody(ctx.req, limits.MAX_BODY_BYTES, deadline, ctx.state.bodies);
    if (arrival.kind === 'gone') return;
    if (arrival.kind === 'late') return answer(ctx, 'timeout');

    const { text } = decodeBytes(arrival.bytes, ctx.get('Content-Type') || null);
    if (ctx.get('unwrap-timeout') === '') deadline.shorten(tmaxOfTag(undefined, text, limits));
    const request = readHookRequest(ctx, text, limits);
    ctx.state.context = { bidder: null, accountId: queryOf(ctx).get('pub_id') };
    if (!(await ctx.state.enter(deadline, 1))) return;
    const result = await unwrap(request, deadline, ctx.state.request.trace, 'rejection');
    ctx.state.result = result;
    answer(ctx, result.status, result.wrappers, result.adm);
  };
}

/** The refusal that the hook reads as one. */
const SHED = canAnswer(200, headersOf('shed'), '');
export const shedHook: NoBid = () => SHED;

function readHookRequest(ctx: ParameterizedContext<RequestState>, adm: string, limits: UnwrapLimits): UnwrapRequest {
  const ua = ctx.get('X-Device-User-Agent') || ctx.get('User-Agent');
  const { lmt, regs, user } = readPrivacyHeaders((name) => ctx.get(name));
  return {
    input: { adm },
    options: defaultOptions(limits),
    imp: null,
    bid: null,
    blocked: { cat: [], adv: [] },
    device: { ...(ua !== '' && { ua }), ...forwardedAddress(ctx.get('X-Forwarded-For')), lmt },
    regs,
    user,
    site: null,
    app: null,
    source: null,
    macros: {},
    creative: { bidder: null, crid: ctx.get('unwrap-ucrid') || null },
  };
}

/** The first address of the header, without brackets and port. */
function forwardedAddress(header: string): { readonly ip?: string; readonly ipv6?: string } {
  const [first = ''] = header.split(',');
  const [, bracketed, ipv4, bare] = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+|(.*))$/.exec(first.trim()) ?? [];
  const address = bracketed ?? ipv4 ?? bare ?? '';
  return address.includes(':') ? { ipv6: address } : { ip: address };
}

/** What the header `unwrap-timeout` gives, in ms. */
export function tmaxOfHook(limits: UnwrapLimits): (ctx: ParameterizedContext) => number {
  return (ctx) => {
    const written = ctx.get('unwrap-timeout');
    return allowedTmax(/^\d+$/.test(written) ? Number(written) : undefined, limits);
  };
}

function answer(ctx: ParameterizedContext, status: Status, wrappers = 0, adm: string | null = null): void {
  ctx.status = 200;
  ctx.set(headersOf(status, wrappers));
  ctx.body = adm ?? '';
}

function headersOf(status: Status, wrappers = 0): Readonly<Record<string, string>> {
  return {
    'unwrap-status': String(UNWRAP_STATUS[status]),
    'unwrap-count': String(wrappers),
    'VAST-Status': status,
    'Content-Type': 'application/xml; charset=utf-8',
  };
}
