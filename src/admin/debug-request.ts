import { FIELDS, PRESETS, type DebugForm } from './pages/debug-form.ts';
import { readPasted } from '../debug/pasted.ts';
import { SAMPLE_TAGS } from './pages/sample-tags.ts';
import { overTheWire, type PastedAuction, readPastedAuction, tellPastedAuction } from './pasted-auction.ts';
import { RequestError } from '../http/problem.ts';
import { readUnwrapRequest, tmaxOfAuction, type TimedRequest, type UnwrapLimits } from '../http/unwrap-request.ts';

const NO_BID =
  'Paste a bid with its adm, a BidResponse, or { "request": …, "response": … }: in this JSON there is no adm and no url, or it is cut off.';

/** What the debug page asks for: a request like any other. */
export type TimedDebugRequest = Omit<TimedRequest, 'warnings'> & {
  /** What an auction would have had for it, in ms. */
  readonly auctionMs: number;
  /** What was undone to the tag and what was taken from around it, in sentences. */
  readonly undone: readonly string[];
};

/** The fields as they came, the others as they are in `empty`; a sample fills in its tag and what it is held against. */
export function readDebugForm(fields: URLSearchParams, empty: DebugForm): DebugForm {
  const sample = SAMPLE_TAGS.find(({ id }) => id === fields.get('sample'));
  if (sample !== undefined) return { ...empty, tag: sample.tag, preset: 'instream' };
  const sent = FIELDS.map((name) => [name, fields.get(name) ?? empty[name]] as const);
  return Object.fromEntries(sent) as DebugForm;
}

/**
 * The request that a form asks for, by the same schema as that of other callers. A BidRequest that was pasted beside
 * the bid says who sees the ad, for which imp and in what time, where the form does not.
 * @throws RequestError 400 with what is wrong
 */
export function readDebugRequest(
  form: DebugForm,
  limits: UnwrapLimits & { readonly DEBUG_TMAX_MS: number },
): TimedDebugRequest {
  const { input, bid, request, undone } = readPasted(form.tag, form.bid.trim());
  if ('adm' in input && input.adm === '') throw new RequestError('bad-field', 'Paste a tag first.');
  if ('adm' in input && /^[[{]/.test(input.adm)) throw new RequestError('bad-field', NO_BID);
  const auction = request === null ? null : readPastedAuction(request, bid);
  const json = {
    ...input,
    tmax: readNumber(form.tmax),
    ...auction?.around,
    imp: formImp(form) ?? auction?.imp,
    bid,
    ...formAudience(form, auction?.around ?? {}),
    options: { maxWrappers: readNumber(form.maxWrappers), onTimeout: form.onTimeout, probe: form.probe },
  };
  const { TMAX_DEFAULT_MS } = limits;
  const auctionMs =
    auction === null || auction.tmax === null ? TMAX_DEFAULT_MS : tmaxOfAuction(auction.tmax, 0, limits);
  return {
    ...readUnwrapRequest({ json: overTheWire(json) }, { ...limits, TMAX_MAX_MS: limits.DEBUG_TMAX_MS }),
    auctionMs,
    undone: auction === null ? undone : [...undone, tellPastedAuction(auction, form, auctionMs)],
  };
}

/** The imp that the form names; null where it names none. */
const formImp = ({ preset, imp }: DebugForm): unknown =>
  preset === 'own' ? readJson(imp) : (PRESETS[preset]?.imp ?? null);

/** What the form says of the viewer, put into what the BidRequest says, in every place where it may say it. */
function formAudience({ ua, ip, gdpr, consent }: DebugForm, { device, regs, user }: PastedAuction['around']): object {
  const address = ip.includes(':') ? { ip: null, ipv6: ip.trim() } : { ip: ip.trim(), ipv6: null };
  const applies = { gdpr: Number(gdpr) };
  return {
    ...((ua !== '' || ip !== '') && { device: { ...device, ...(ua !== '' && { ua }), ...(ip !== '' && address) } }),
    ...(gdpr !== '' && { regs: { ...regs, ...applies, ...(regs?.ext && { ext: { ...regs.ext, ...applies } }) } }),
    ...(consent !== '' && { user: { ...user, consent } }),
  };
}

/** A whole number; anything else stays as it is, so that the schema refuses it by its name. */
const readNumber = (written: string): unknown => (/^\d+$/.test(written.trim()) ? Number(written) : written);

function readJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new RequestError('bad-field', 'Correct the imp: it is not JSON.');
  }
}
