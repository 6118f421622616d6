import { DEFAULT_PRESET, type DebugForm, FIELDS, PRESETS } from '../debug/debug-form.ts';
import { answerTo } from '../debug/not-a-tag.ts';
import { readPasted } from '../debug/pasted.ts';
import type { DebugRun } from '../debug/run.ts';
import { SAMPLE_TAGS } from './pages/sample-tags.ts';
import { overTheWire, type PastedAuction, readPastedAuction, tellPastedAuction } from './pasted-auction.ts';
import { type FieldError, RequestError } from '../http/problem.ts';
import { readUnwrapRequest, tmaxOfAuction, type TimedRequest, type UnwrapLimits } from '../http/unwrap-request.ts';

/** What the debug page asks for: a request like any other. */
export type TimedDebugRequest = Omit<TimedRequest, 'warnings'> &
  Pick<DebugRun, 'form' | 'player'> & {
    /** What an auction would have had for it, in ms. */
    readonly auctionMs: number;
    /** What was undone to the tag and what was taken from around it, in sentences. */
    readonly undone: readonly string[];
  };

/** The fields as they came, the others as they are in `empty`; a sample fills in its tag and what it is held against. */
export function readDebugForm(fields: URLSearchParams, empty: DebugForm): DebugForm {
  const sample = SAMPLE_TAGS.find(({ id }) => id === fields.get('sample'));
  if (sample !== undefined) return { ...empty, tag: sample.tag, preset: 'instream' };
  // a box comes after what is sent in its place where it is not ticked
  const sent = FIELDS.map((name) => [name, fields.getAll(name).at(-1) ?? empty[name]] as const);
  const form = Object.fromEntries(sent) as DebugForm;
  return { ...form, macros: [form.macros, ...filledMacros(fields)].filter((each) => each !== '').join('\n') };
}

/** What was filled in for single macros, in fields such as `macro:%%CACHEBUSTER%%`, as lines of the form. */
export const filledMacros = (fields: URLSearchParams): readonly string[] =>
  [...fields].flatMap(([name, value]) =>
    name.startsWith('macro:') && value !== '' ? `${name.slice(6)}=${value}` : [],
  );

/**
 * The request that a form asks for, by the same schema as that of other callers. A BidRequest that was pasted beside
 * the bid says who sees the ad, for which imp and in what time, where the form does not.
 * @throws RequestError 400 with all that is wrong, field by field
 */
export function readDebugRequest(
  form: DebugForm,
  limits: UnwrapLimits & { readonly DEBUG_TMAX_MS: number },
): TimedDebugRequest {
  const { input, bid, request, undone } = readPasted(form.tag, form.bid.trim());
  const mistakes: FieldError[] = [];
  const readField = <Value>(field: string, read: () => Value): Value | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      mistakes.push(...(error.errors.length > 0 ? error.errors : [{ field, message: error.message }]));
      return null;
    }
  };
  const answer = 'adm' in input ? answerTo(input.adm) : null;
  if (answer !== null) mistakes.push({ field: 'tag', message: answer });
  const auction = readField('tag', () => (request === null ? null : readPastedAuction(request, bid)));
  const ownImp = readField('imp', () => (form.preset === 'own' ? readJson(form.imp) : null));
  const json = {
    ...input,
    tmax: readNumber(form.tmax),
    ...auction?.around,
    imp: ownImp ?? (form.preset === DEFAULT_PRESET ? auction?.imp : null) ?? PRESETS[form.preset]?.imp ?? null,
    bid,
    ...formAudience(form, auction?.around ?? {}),
    macros: readField('macros', () => readMacros(form.macros)),
    options: {
      maxWrappers: readNumber(form.maxWrappers),
      onTimeout: form.onTimeout,
      probe: form.probe,
      ...(form.profile !== '' && { profile: form.profile }),
      repair: form.repair !== '',
    },
  };
  const timed = readField('tag', () =>
    readUnwrapRequest({ json: overTheWire(json) }, { ...limits, TMAX_MAX_MS: limits.DEBUG_TMAX_MS }),
  );
  if (mistakes.length > 0 || timed === null) {
    const sentences = mistakes.map(({ field, message }) => (field === 'tag' ? message : `${field}: ${message}`));
    throw new RequestError('bad-field', sentences.join(' '), { errors: mistakes });
  }
  const { TMAX_DEFAULT_MS } = limits;
  const auctionMs =
    auction === null || auction.tmax === null ? TMAX_DEFAULT_MS : tmaxOfAuction(auction.tmax, 0, limits);
  return {
    ...timed,
    request: form.fresh === '' ? timed.request : { ...timed.request, fresh: true },
    form,
    player: playerOf(form, auction),
    auctionMs,
    undone: auction === null ? undone : [...undone, tellPastedAuction(auction, form, auctionMs)],
  };
}

/** What the ad is held against, in words. */
function playerOf({ preset }: DebugForm, auction: PastedAuction | null): string | null {
  if (preset === DEFAULT_PRESET && auction?.imp) return `imp “${auction.imp.id ?? ''}” of the BidRequest`;
  return PRESETS[preset]?.player ?? null;
}

/** `NAME=value` or `%%NAME%%=value`, one a line. */
function readMacros(written: string): Readonly<Record<string, string>> {
  const lines = written.split(/\r\n|\n/).filter((line) => line.trim() !== '');
  const wrong = lines.filter((line) => line.indexOf('=') < 1);
  if (wrong.length > 0) {
    throw new RequestError('bad-field', `Write each as NAME=value, one a line; this is not: ${wrong[0]!.slice(0, 60)}`);
  }
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]),
  );
}

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
