const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

let current: (() => void) | null = null;

/**
 * Says what the signals that ask a process to end do from now on. Process 1 of a container has no default for signals:
 * one that nobody listens to is lost, and the container is killed only when its time to end is over. So a program says
 * it first of all, and says it anew as it goes on; between the two somebody listens as well.
 */
export function onStopSignal(stop: () => void): void {
  if (current === null) for (const signal of SIGNALS) process.on(signal, () => current!());
  current = stop;
}
