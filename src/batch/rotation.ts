import type { UnwrapResult } from '../unwrap/result.ts';

/** How often something came in several runs of one tag. */
export type Share = {
  readonly value: string;
  /** In how many runs. */
  readonly runs: number;
  /** The first run in which it came, from 0. */
  readonly first: number;
};

/** One thing in which runs of a tag may differ, with all that came, the most common first. */
export type Facet = { readonly name: string; readonly shares: readonly Share[] };

/** What came of one tag that was run several times. */
export type Rotation = {
  readonly runs: number;
  readonly facets: readonly Facet[];
  /** The whole chain, in ms, from the quickest run to the slowest; null without runs. */
  readonly spread: Readonly<Record<'minMs' | 'medianMs' | 'p95Ms' | 'maxMs', number>> | null;
  /** What a single run would have kept from whoever looks, in sentences. */
  readonly missed: readonly string[];
};

type Row = {
  readonly name: string;
  /** What it is called where there are several, as in `3 different ads came`. */
  readonly plural: string;
  /** All that came in a run. */
  readonly of: (result: UnwrapResult) => readonly string[];
  /** Does one run usually have several of it? Then no two of them came in place of each other. */
  readonly many?: true;
};

const FACETS: readonly Row[] = [
  {
    name: 'outcome',
    plural: 'outcomes',
    of: ({ status, reason }) => [reason === null ? status : `${status}: ${reason}`],
  },
  { name: 'ad', plural: 'ads', of: ({ ads }) => ads.map(nameOf) },
  { name: 'advertiser', plural: 'advertisers', of: ({ ads }) => ads.flatMap(({ advertiser }) => advertiser ?? []) },
  {
    name: 'duration',
    plural: 'durations',
    of: ({ ads }) => ads.flatMap(({ durationSec }) => (durationSec === null ? [] : `${durationSec} s`)),
  },
  {
    name: 'version',
    plural: 'versions',
    of: ({ hops }) => (hops.at(-1)?.version == null ? [] : [hops.at(-1)!.version!]),
  },
  { name: 'chain', plural: 'chains of hosts', of: ({ hops }) => [hops.map(({ host }) => host ?? 'given').join(' → ')] },
  { name: 'host', plural: 'hosts', of: ({ hops }) => hops.flatMap(({ host }) => host ?? []), many: true },
  {
    name: 'error finding',
    plural: 'error findings',
    of: ({ findings }) => findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    many: true,
  },
];

/** What an ad is known by: its title and advertiser, and what tells creatives apart that are called the same. */
function nameOf({ adTitle, id, universalAdIds, mediaFiles }: UnwrapResult['ads'][number]): string {
  const key = universalAdIds[0]?.value || mediaFiles[0]?.url || id;
  return [adTitle ?? 'without a title', key].filter(Boolean).join(' · ');
}

/** What is kept of one run of a tag to be added up: of each facet all that came. */
export type RotationRun = { readonly elapsedMs: number; readonly values: readonly (readonly string[])[] };

export const rotationRun = (result: UnwrapResult): RotationRun => ({
  elapsedMs: result.deadline.elapsedMs,
  values: FACETS.map(({ of }) => of(result)),
});

/** Adds up what came of a tag that was run several times, in the order of the runs. */
export function rotationOf(runs: readonly RotationRun[]): Rotation {
  const facets = FACETS.map((row, at) => ({ row, shares: sharesOf(runs.map(({ values }) => values[at]!)) }));
  return {
    runs: runs.length,
    facets: facets.filter(({ shares }) => shares.length > 0).map(({ row: { name }, shares }) => ({ name, shares })),
    spread: spreadOf(runs.map(({ elapsedMs }) => elapsedMs)),
    missed: runs.length < 2 ? [] : facets.flatMap(({ row, shares }) => missedOf(row, shares, runs.length)),
  };
}

function sharesOf(runs: readonly (readonly string[])[]): readonly Share[] {
  const shares = new Map<string, { runs: number; readonly first: number }>();
  for (const [at, values] of runs.entries()) {
    for (const value of new Set(values)) {
      const share = shares.get(value) ?? { runs: 0, first: at };
      share.runs += 1;
      shares.set(value, share);
    }
  }
  return [...shares]
    .map(([value, share]) => ({ value, ...share }))
    .toSorted((a, b) => b.runs - a.runs || a.first - b.first);
}

/** A sentence where a single run would not have told the whole. */
function missedOf({ name, plural, many }: Row, shares: readonly Share[], runs: number): readonly string[] {
  const rare = shares.filter((share) => share.runs < runs);
  if (rare.length === 0) return [];
  if (many) {
    const named = rare.map((share) => `${share.value} (${share.runs} of ${runs})`);
    return [`Not in every run came the ${rare.length === 1 ? name : plural} ${listed(named)}.`];
  }
  const [first, ...others] = shares;
  if (others.length === 0)
    return [`The ${name} ${first!.value} came in ${first!.runs} of ${runs} runs; in the others none did.`];
  const unseen = shares.filter((share) => share.first > 0).length;
  const late = unseen === 0 ? '' : ` The first run alone would have missed ${unseen} of them.`;
  return [
    `${shares.length} ${plural} came; the most common, ${first!.value}, in ${first!.runs} of ${runs} runs.${late}`,
  ];
}

/** As many as a sentence holds. */
const LISTED = 5;
const listed = (names: readonly string[]): string =>
  names.length > LISTED ? `${names.slice(0, LISTED).join(', ')} and ${names.length - LISTED} more` : names.join(', ');

function spreadOf(times: readonly number[]): Rotation['spread'] {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return { minMs: sorted[0]!, medianMs: at(0.5), p95Ms: at(0.95), maxMs: sorted.at(-1)! };
}
