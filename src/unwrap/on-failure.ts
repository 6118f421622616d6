import { type Status, STATUSES } from '../chain/status.ts';

/** The ends of a chain that leave a bid without an ad. */
export type FailedStatus = Exclude<Status, 'resolved' | 'collapsed'>;
export const FAILED_STATUSES = STATUSES.filter(
  (status): status is FailedStatus => status !== 'resolved' && status !== 'collapsed',
);

/**
 * What becomes of a bid without an ad: `keep` leaves it as it came; `collapse` makes it the shorter wrapper that holds
 * what was read so far, and where nothing was read leaves it too; `drop` takes it out of the response.
 */
export const FAILURE_ACTIONS = ['keep', 'collapse', 'drop'] as const;
export type FailureAction = (typeof FAILURE_ACTIONS)[number];

/** What becomes of a bid for each way to end without an ad. */
export type OnFailure = Readonly<Record<FailedStatus, FailureAction>>;

/** What may still be shown is kept; what cannot be shown is dropped. */
export const DEFAULT_ON_FAILURE: OnFailure = {
  no_ad: 'drop',
  invalid: 'drop',
  rejected: 'drop',
  too_deep: 'drop',
  timeout: 'keep',
  blocked: 'drop',
  unreachable: 'keep',
  shed: 'keep',
};

/** Failures that say nothing against the ad: the one word of a caller is for these. */
const INCONCLUSIVE = ['timeout', 'unreachable', 'shed'] as const satisfies readonly FailedStatus[];

/** What is in force where a caller asked for one action, or for one for each of some ends. */
export function onFailureOf(asked: FailureAction | Partial<OnFailure>, otherwise: OnFailure): OnFailure {
  if (typeof asked !== 'string') return { ...otherwise, ...asked };
  return { ...otherwise, ...Object.fromEntries(INCONCLUSIVE.map((status) => [status, asked])) };
}

type Pair = readonly [FailedStatus, FailureAction];

/** Reads a pair such as `timeout=collapse`; null for anything else. */
export function readPair(written: string): Pair | null {
  const [left, right, ...more] = written.split('=').map((each) => each.trim());
  const status = FAILED_STATUSES.find((each) => each === left);
  const action = FAILURE_ACTIONS.find((each) => each === right);
  return status === undefined || action === undefined || more.length > 0 ? null : [status, action];
}

/** What is in force with pairs over the default; a later one wins. */
export function onFailureOfPairs(pairs: readonly string[]): OnFailure {
  const read = pairs.map(readPair).filter((pair) => pair !== null);
  return { ...DEFAULT_ON_FAILURE, ...Object.fromEntries(read) };
}

/** As `readPair` reads it, separated by commas. */
export const pairsOf = (onFailure: OnFailure): string =>
  Object.entries(onFailure)
    .map((pair) => pair.join('='))
    .join(', ');
