import type { Drift } from '../creative/creative-look.ts';
import type { Deadline } from '../deadline.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { Chain } from './follow.ts';
import type { Ports, Trace } from './ports.ts';
import type { FindingsAsked, UnwrapRequest } from './request.ts';
import type { AdReport } from './result.ts';

/** A chain that was followed to its end, with everything that an answer is made from. */
export type FollowedChain = {
  readonly request: UnwrapRequest;
  readonly findings: FindingsAsked;
  readonly chain: Chain;
  readonly media: readonly MediaVerdict[];
  /** What is to be said of the ads that were reached. */
  readonly ads: () => readonly AdReport[];
  /** How the creative differs from what was first seen of it. */
  readonly drift: Drift | null;
  readonly deadline: Deadline;
  readonly ports: Ports;
  readonly trace: Trace;
};
