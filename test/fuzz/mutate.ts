import type { Random } from './random.ts';

/** Makes something else of bytes. `other` is a second input, to take parts from. */
type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const replace = (bytes: Buffer, start: number, end: number, put: Buffer | string): Buffer =>
  Buffer.concat([bytes.subarray(0, start), Buffer.from(put), bytes.subarray(end)]);

/** Start and end of a piece: mostly short, sometimes anything. */
function piece({ length }: Buffer, random: Random): readonly [number, number] {
  const start = random.below(length + 1);
  const longest = random.once(4) ? length : Math.min(64, length);
  return [start, Math.min(length, start + random.below(longest + 1))];
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  flipBit: (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    if (at < copy.length) copy[at]! ^= 1 << random.below(8);
    return copy;
  },
  setByte: (bytes, random) => {
    const at = random.below(bytes.length);
    return replace(bytes, at, at + 1, Buffer.of(random.below(256)));
  },
  truncate: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  remove: (bytes, random) => replace(bytes, ...piece(bytes, random), ''),
  duplicate: (bytes, random) => {
    const [start, end] = piece(bytes, random);
    return replace(bytes, end, end, bytes.subarray(start, end));
  },
  swap: (bytes, random) => {
    const [a, b, c, d] = [...piece(bytes, random), ...piece(bytes, random)].toSorted((x, y) => x - y) as [
      number,
      number,
      number,
      number,
    ];
    const part = (start: number, end: number): Buffer => bytes.subarray(start, end);
    return Buffer.concat([part(0, a), part(c, d), part(b, c), part(a, b), part(d, bytes.length)]);
  },
  crossOver: (bytes, random, other) => replace(bytes, ...piece(bytes, random), other.subarray(...piece(other, random))),
};
const KINDS = Object.values(MUTATIONS);

/** What is put in here and there; the giants are rare, for they take most of the time. */
export type Words = { readonly short: readonly string[]; readonly giant: readonly string[] };

/** Changes bytes in one to four ways, every other time in one. */
export function mutate(bytes: Buffer, words: Words, random: Random, other: Buffer): Buffer {
  let changed = bytes;
  for (let left = random.once(2) ? 1 : 2 + random.below(3); left > 0; left -= 1) {
    if (random.once(3)) {
      const [start, end] = piece(changed, random);
      changed = replace(
        changed,
        start,
        random.once(2) ? start : end,
        random.pick(random.once(50) ? words.giant : words.short),
      );
    } else {
      changed = random.pick(KINDS)(changed, random, other);
    }
  }
  return changed;
}
