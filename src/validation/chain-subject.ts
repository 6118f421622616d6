import type { Failure } from '../chain/failure.ts';
import type { Settled } from '../chain/step.ts';
import type { Wrapper } from '../vast/ad.ts';
import type { VastDocument } from '../vast/document.ts';
import { checkedHops } from './checked-hops.ts';
import type { ReadHop, Subject } from './subject.ts';

/** A wrapper, and the document that it led to. */
export type Pair = {
  readonly wrapper: Wrapper;
  readonly hop: number;
  readonly next: VastDocument;
  readonly nextHop: number;
};

/** A chain, with what several of its rules ask. */
export type ChainSubject = Subject & {
  /** The hops whose documents are looked at element by element; counted when somebody asks. */
  readonly checked: () => readonly ReadHop[];
  /** Every step from a wrapper to the next document that led to an ad. */
  readonly pairs: readonly Pair[];
  /** What failed at a hop, and what ended a branch without one: a loop is never asked for. */
  readonly failed: readonly (Failure & { readonly hop: number | null })[];
};

export function chainSubject(subject: Subject): ChainSubject {
  let checked: readonly ReadHop[] | null = null;
  return {
    ...subject,
    checked: () => (checked ??= checkedHops(subject.hops)),
    pairs: pairsOf(subject.settled),
    failed: failuresOf(subject),
  };
}

/** The slots of a pod share the steps above them. */
function pairsOf(settled: readonly Settled[]): readonly Pair[] {
  const pairs = new Map<number, Pair>();
  for (const { branch, document, hop } of settled) {
    branch.forEach((link, at) => {
      const below = branch[at + 1] ?? { document, hop };
      if (pairs.has(below.hop)) return;
      pairs.set(below.hop, { wrapper: link.wrapper, hop: link.hop, next: below.document, nextHop: below.hop });
    });
  }
  return [...pairs.values()];
}

function failuresOf({ hops, failures }: Subject): ChainSubject['failed'] {
  const ofHops = hops.flatMap(({ hop, failure }) => (failure === null ? [] : [{ hop, ...failure }]));
  const others = failures.filter(({ failure }) => !ofHops.some(({ reason }) => reason === failure.reason));
  return [...ofHops, ...others.map(({ hop, failure }) => ({ hop, ...failure }))];
}
