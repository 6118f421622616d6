import type { Clock } from '../deadline.ts';
import { createLookLimits } from './look-limits.ts';
import { createMediaReader } from './media-reader.ts';
import { createProbe } from './probe.ts';
import { createProber, type Prober, type ProberDeps } from './prober.ts';
import type { FetchBytes } from './ranged-file.ts';
import { createSlowFiles } from './slow-files.ts';
import { createVerdictStore, type SharedVerdicts } from './verdict-store.ts';

export type MediaSettings = {
  /** How long a verdict is kept, in ms. */
  readonly ttlMs: number;
  /** How long a look may take, in ms. */
  readonly timeoutMs: number;
  /** Looks that may begin within a second, be under way at once, and be under way at one host. */
  readonly perSecond: number;
  readonly maxInFlight: number;
  readonly maxPerHost: number;
};

export type MediaDeps = Pick<ProberDeps, 'hosts' | 'ownDelay'> & {
  readonly fetchBytes: FetchBytes;
  /** Null where replicas share nothing. */
  readonly shared: SharedVerdicts | null;
  /** Is there more to do than can be done? Then no file is looked at for which nobody waits. */
  readonly isOverloaded: () => boolean;
  readonly clock: Clock;
};

/** Puts the media probe together. */
export function createMedia(settings: MediaSettings, deps: MediaDeps): Prober {
  const reader = createMediaReader();
  const prober = createProber({
    probe: createProbe(deps.fetchBytes, reader),
    store: createVerdictStore(settings.ttlMs, deps.clock, deps.shared),
    hosts: deps.hosts,
    ownDelay: deps.ownDelay,
    slowFiles: createSlowFiles(deps.clock, Math.random),
    limits: createLookLimits(settings, deps.clock, deps.isOverloaded),
    timeoutMs: settings.timeoutMs,
  });
  return {
    ...prober,
    close: () => {
      prober.close();
      reader.close();
    },
  };
}
