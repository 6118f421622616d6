/** How an unwrap can end. The words are part of the interface. */
export const STATUSES = [
  'resolved',
  'collapsed',
  'no_ad',
  'invalid',
  'rejected',
  'too_deep',
  'timeout',
  'blocked',
  'unreachable',
  'shed',
] as const;

export type Status = (typeof STATUSES)[number];
