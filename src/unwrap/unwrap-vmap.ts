import type { Deadline } from '../deadline.ts';
import type { Finding } from '../validation/finding.ts';
import { validateVmap } from '../validation/vmap-rules.ts';
import { readVmap, type AdBreak, type Vmap } from '../vast/vmap.ts';
import type { Trace } from './ports.ts';
import type { Unwrap, UnwrapRequest } from './request.ts';
import type { UnwrapResult } from './result.ts';

/** A break with what became of its ad; null where it has none that could be unwrapped. */
export type UnwrappedBreak = { readonly adBreak: AdBreak; readonly result: UnwrapResult | null };

export type VmapOutcome = {
  /** Null where no VMAP came. */
  readonly vmap: Vmap | null;
  readonly breaks: readonly UnwrappedBreak[];
  readonly findings: readonly Finding[];
};

/** Breaks beyond these are listed, and not unwrapped. */
export const MAX_BREAKS = 20;

/**
 * Unwraps the ad of every break of a VMAP document side by side, all under one deadline and within the fetches of one
 * request. The document is the request's own, or the one that its URL gives: it is asked for as any tag is.
 *
 * @param enter is asked before the first of so many is unwrapped; where it says no, the result is null
 */
export async function unwrapVmap(
  request: UnwrapRequest,
  deadline: Deadline,
  unwrapOne: Unwrap,
  trace: Trace,
  enter: (breaks: number) => Promise<boolean> = () => Promise.resolve(true),
): Promise<VmapOutcome | null> {
  const { options } = request;
  const budget = { left: options.maxFetches };
  const own = { ...request, imp: null, bid: null, budget };
  const isTag = 'url' in request.input || /^\s*https?:\/\/\S+\s*$/i.test(request.input.adm);
  if (isTag && !(await enter(1))) return null;
  const text = isTag ? await fetchText(own, deadline, unwrapOne, trace) : (request.input as { adm: string }).adm;
  if (typeof text !== 'string') return text;
  const read = readVmap(text);
  if (!read.ok) {
    const { message, line } = read.defect;
    return { vmap: null, breaks: [], findings: [noVmap(message, line)] };
  }
  const { vmap } = read;
  const unwrappable = vmap.breaks.filter(({ source }) => inputOf(source) !== null).slice(0, MAX_BREAKS);
  if (!(await enter(Math.max(1, unwrappable.length)))) return null;
  const breaks = await Promise.all(
    vmap.breaks.map(async (adBreak): Promise<UnwrappedBreak> => {
      const input = unwrappable.includes(adBreak) ? inputOf(adBreak.source) : null;
      if (input === null) return { adBreak, result: null };
      const macros = { ...positionOf(adBreak.timeOffset), ...request.macros };
      return { adBreak, result: await unwrapOne({ ...request, input, macros, budget }, deadline, trace) };
    }),
  );
  return { vmap, breaks, findings: validateVmap(vmap) };
}

/** The text that a URL gives; where that is no VMAP, the end. */
async function fetchText(
  request: UnwrapRequest,
  deadline: Deadline,
  unwrapOne: Unwrap,
  trace: Trace,
): Promise<string | VmapOutcome> {
  const { hops, reason, findings } = await unwrapOne(
    { ...request, options: { ...request.options, maxWrappers: 0 } },
    deadline,
    trace,
  );
  const text = reason === 'http-status' ? null : (hops[0]?.text ?? null);
  if (reason === 'not-vast' && text !== null) return text;
  const why = hops[0]?.message ?? (text === null ? 'nothing came' : 'it is no VMAP');
  return { vmap: null, breaks: [], findings: text === null ? [...findings, noVmap(why, null)] : [noVmap(why, null)] };
}

function noVmap(message: string, line: number | null): Finding {
  return {
    rule: 'vmap/not-vmap',
    severity: 'error',
    vastError: null,
    lossReason: null,
    hop: 0,
    path: null,
    line,
    message,
    spec: 'VMAP 1.0.1, 2',
  };
}

function inputOf(source: AdBreak['source']): UnwrapRequest['input'] | null {
  if (source?.kind === 'tag') return { url: source.uri };
  return source?.kind === 'document' ? { adm: source.adm } : null;
}

/** BREAKPOSITION: 1 before, 2 within, 3 after the content [VAST 4.3, 6.3]. */
function positionOf(timeOffset: string | null): { readonly BREAKPOSITION?: number } {
  if (timeOffset === null) return {};
  return { BREAKPOSITION: timeOffset === 'start' ? 1 : timeOffset === 'end' ? 3 : 2 };
}
