import type { DebugRun } from '../debug/run.ts';
import type { Tracker } from '../merge/tracker.ts';
import { readDocument, type VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import { hopReport } from '../unwrap/hop-report.ts';
import type { HopDocument, HopFetch } from '../unwrap/result.ts';
import { openJson, sealJson } from './sealed-json.ts';

// A run holds what the viewer's address and consent were. So it is written such that only who has its link can read it:
// the key is made of the id, which is not written with it.

/** Raised whenever DebugRun or anything in it changes: what another release has written is passed over. */
const LAYOUT = 4;

/** A run as bytes, compressed and encrypted. */
export const sealRun = (run: DebugRun): Promise<Buffer> =>
  sealJson(secretOf(run.id), { ...run, result: toPlain(run.result) });

/** Reads such bytes; null for whatever is not this run. Never rejects: they may come from anywhere. */
export async function openRun(id: string, bytes: Buffer): Promise<DebugRun | null> {
  const run = await openJson(secretOf(id), bytes);
  return run === null ? null : runOf(run as PlainRun);
}

type PlainRun = Omit<DebugRun, 'result'> & { readonly result: PlainResult };

/** Null for what was sealed with the right secret but is no run: another program with the same layout wrote it. */
function runOf(run: PlainRun): DebugRun | null {
  try {
    return { ...run, result: fromPlain(run.result) };
  } catch {
    return null;
  }
}

const secretOf = (id: string): string => `debug run ${LAYOUT} ${id}`;

type Result = DebugRun['result'];

/** What JSON can hold of a result: of documents the text, of elements the place. */
type PlainResult = Omit<Result, 'hops' | 'merged' | 'written'> & {
  readonly hops: readonly (HopFetch & HopDocument)[];
  readonly merged:
    | (Omit<NonNullable<Result['merged']>, 'trackers'> & {
        readonly trackers: readonly (Omit<Tracker, 'element'> & { readonly start: number })[];
      })
    | null;
};

/** Names each field, since a result also makes some when it is read, which are not its own. */
function toPlain(result: Result): PlainResult {
  const { status, vastError, reason, adm, wrappers, ads, findings, errorUrls, bid, deadline, media, hops } = result;
  const { unwritten, projection, drift, merged } = result;
  return {
    status,
    vastError,
    reason,
    adm,
    wrappers,
    ads,
    findings,
    errorUrls,
    ...(unwritten !== undefined && { unwritten }),
    bid,
    ...(projection !== undefined && { projection }),
    deadline,
    media,
    ...(drift !== undefined && { drift }),
    // the facts alone: a copy has no views
    hops: hops.map((hop) => ({ ...hop, document: null })),
    merged: merged && {
      ...merged,
      trackers: merged.trackers().map(({ element, ...tracker }) => ({ ...tracker, start: element.start })),
    },
  };
}

/** Documents are read again, so that nothing is shown that was not in their text. */
function fromPlain({ hops: plainHops, merged, ...more }: PlainResult): Result {
  const hops = plainHops.map((hop) => hopReport(hop, { ...hop, document: documentOf(hop.text) }));
  const elements = hops.map(({ document }) => document && elementsByStart(document.root));
  const trackers = merged?.trackers.flatMap(({ start, ...tracker }) => {
    const element = elements[tracker.hop]?.get(start);
    return element === undefined ? [] : [{ ...tracker, element }];
  });
  return { ...more, hops, merged: merged && { ...merged, trackers: () => trackers ?? [] } };
}

function documentOf(text: string | null): VastDocument | null {
  const read = text === null ? null : readDocument(text);
  return read?.ok === true ? read.document : null;
}

function elementsByStart(root: Element): ReadonlyMap<number, Element> {
  const elements = new Map<number, Element>();
  const add = (element: Element): void => {
    elements.set(element.start, element);
    element.children.forEach(add);
  };
  add(root);
  return elements;
}
