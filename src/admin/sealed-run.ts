import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { DebugRun } from '../debug/run.ts';
import type { Tracker } from '../merge/tracker.ts';
import { readDocument, type VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';

// A run holds what the viewer's address and consent were. So it is written such that only who has its link can read it:
// the key is made of the id, which is not written with it.

/** Raised whenever DebugRun or anything in it changes: what another release has written is passed over. */
const LAYOUT = 3;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const HEAD_BYTES = IV_BYTES + 16;
const MAX_BYTES = 64_000_000;

const deflateInThread = promisify<Buffer, Buffer>(deflateRaw);
const inflateInThread = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/** A run as bytes, compressed and encrypted. */
export async function sealRun(run: DebugRun): Promise<Buffer> {
  const plain = await deflateInThread(Buffer.from(JSON.stringify({ ...run, result: toPlain(run.result) })));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(run.id), iv);
  const sealed = [cipher.update(plain), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]);
}

/** Reads such bytes; null for whatever is not this run. Never rejects: they may come from anywhere. */
export async function openRun(id: string, bytes: Buffer): Promise<DebugRun | null> {
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(id), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, HEAD_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]);
    const json = (await inflateInThread(plain, { maxOutputLength: MAX_BYTES })).toString();
    const run = JSON.parse(json) as Omit<DebugRun, 'result'> & { readonly result: PlainResult };
    return { ...run, result: fromPlain(run.result) };
  } catch {
    return null;
  }
}

const keyOf = (id: string): Buffer => createHash('sha256').update(`debug run ${LAYOUT} ${id}`).digest();

type Result = DebugRun['result'];

/** What JSON can hold of a result: of documents the text, of elements the place. */
type PlainResult = Omit<Result, 'merged' | 'written'> & {
  readonly merged:
    | (Omit<NonNullable<Result['merged']>, 'trackers'> & {
        readonly trackers: readonly (Omit<Tracker, 'element'> & { readonly start: number })[];
      })
    | null;
};

function toPlain({ hops, merged, written: _written, ...more }: Result): PlainResult {
  return {
    ...more,
    hops: hops.map((hop) => ({ ...hop, document: null })),
    merged: merged && {
      ...merged,
      trackers: merged.trackers().map(({ element, ...tracker }) => ({ ...tracker, start: element.start })),
    },
  };
}

/** Documents are read again, so that nothing is shown that was not in their text. */
function fromPlain({ hops: plainHops, merged, ...more }: PlainResult): Result {
  const hops = plainHops.map((hop) => ({ ...hop, document: documentOf(hop.text) }));
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
