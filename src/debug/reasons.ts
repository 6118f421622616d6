import type { UnwrapResult } from '../unwrap/result.ts';
import type { Finding } from '../validation/finding.ts';
import { ruleFacts } from './rule-facts.ts';
import { sentenceOf } from './sentence.ts';

/** What a reason against an ad costs, the most first: a reason is told before all that cost less. */
export const COSTS = ['nothing to play', 'wrong type', 'wrong length', 'too late', 'plain http', 'other'] as const;

export type Cost = (typeof COSTS)[number];

/** Why an ad would not be shown, or might not be. */
export type Reason = {
  readonly cost: Cost;
  /** As a part of a sentence. */
  readonly why: string;
  /** The hop that it was seen at, by its position in `hops`; null where it is about the whole chain. */
  readonly hop: number | null;
  /** What to do about it, in a sentence. */
  readonly fix: string;
};

/** Errors of all other rules cost the least. */
export const RULES_BY_COST: Readonly<Partial<Record<Cost, readonly string[]>>> = {
  'nothing to play': [
    'document/repaired',
    'document/nothing-to-play',
    'document/no-media',
    'openrtb/nothing-to-play',
    'interactive/no-media-file',
    'interactive/vpaid-only',
    'interactive/vpaid-not-accepted',
    'openrtb/api-vpaid',
    'media/unreachable',
    'media/unreadable',
    'media/no-track',
    'media/manifest-empty',
  ],
  'wrong type': [
    'openrtb/mimes',
    'openrtb/audio-in-video',
    'openrtb/video-in-audio',
    'openrtb/linearity',
    'openrtb/plcmt',
    'openrtb/delivery',
    'openrtb/protocols',
    'openrtb/protocols-minor',
    'openrtb/minbitrate',
    'openrtb/maxbitrate',
    'media/type',
    'media/vpaid-script',
    'media/codec',
  ],
  'wrong length': [
    'openrtb/maxduration',
    'openrtb/minduration',
    'openrtb/rqddurs',
    'openrtb/poddur',
    'openrtb/maxseq',
    'openrtb/pod-in-slot',
    'media/duration-wrong',
    'required/duration',
  ],
  'too late': ['media/late'],
  'plain http': ['openrtb/secure-media', 'openrtb/secure-tracker'],
};

const COST_OF_RULE: ReadonlyMap<string, Cost> = new Map(
  COSTS.flatMap((cost) => (RULES_BY_COST[cost] ?? []).map((rule) => [rule, cost] as const)),
);

/** What costs the most first; of the same cost in the order given. */
export const byCost = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.toSorted((one, other) => COSTS.indexOf(one.cost) - COSTS.indexOf(other.cost));

/** A reason for each rule that found an error, or a document that had to be mended; the rule that rejected the ad first. */
export function reasonsFound({ findings, reason }: Pick<UnwrapResult, 'findings' | 'reason'>): readonly Reason[] {
  const against = findings.filter(({ severity, rule }) => severity === 'error' || rule === 'document/repaired');
  const rejecting = against.filter(({ rule }) => rule === reason);
  const byRule = Map.groupBy([...rejecting, ...against.filter(({ rule }) => rule !== reason)], ({ rule }) => rule);
  return [...byRule].map(([rule, same]) => {
    const found = reasonOf(same);
    // one file of several that cannot be played leaves the others
    return rule.startsWith('media/') && rule !== reason ? { ...found, cost: 'other' as const } : found;
  });
}

function reasonOf(same: readonly Finding[]): Reason {
  const [{ rule, message, hop }] = same as [Finding, ...Finding[]];
  return {
    cost: COST_OF_RULE.get(rule) ?? 'other',
    why:
      rule === 'document/repaired'
        ? `the document at hop ${hop} was not well-formed and was mended`
        : same.length === 1
          ? message
          : `${message} (${same.length} times)`,
    hop,
    fix: ruleFacts(rule)?.fix ?? sentenceOf(message),
  };
}
