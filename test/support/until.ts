import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so. Fails after `seconds`, and takes no CPU meanwhile from what is waited for. */
export async function until(isSo: () => boolean, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain for ${String(isSo)}`);
    await sleep(2);
  }
}
