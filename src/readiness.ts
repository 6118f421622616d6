import type { SharedCacheStats } from './cache/shared-cache.ts';
import type { HealthCheck } from './http/health-route.ts';

/** What a process knows of itself. */
export type ProcessState = {
  /** Is the public port open, here or in a worker? */
  readonly isOpen: boolean;
  readonly isDraining: boolean;
  /** Could nothing be let in for seconds? */
  readonly isStuck: boolean;
  /** Null where there is no shared cache. */
  readonly sharedCache: Pick<SharedCacheStats, 'connected' | 'failure' | 'state'> | null;
};

/** The checks of `/readyz`: what a process must have to serve requests, and the shared cache, without which it serves them too. */
export function readinessChecks({ isOpen, isDraining, isStuck, sharedCache }: ProcessState): readonly HealthCheck[] {
  return [
    { name: 'the public port is open', isOk: isOpen, isNeeded: true },
    { name: 'not draining', isOk: !isDraining, isNeeded: true },
    { name: 'requests were let in lately', isOk: !isStuck, isNeeded: true },
    ...(sharedCache === null ? [] : [sharedCacheCheck(sharedCache)]),
  ];
}

function sharedCacheCheck({ connected, failure, state }: NonNullable<ProcessState['sharedCache']>): HealthCheck {
  const check = { name: 'the shared cache is connected', isOk: connected && state === 'closed', isNeeded: false };
  if (!connected) return { ...check, note: failure ?? 'connecting' };
  return state === 'closed' ? check : { ...check, note: 'left alone for a moment' };
}
