import type { Hosts } from '../unwrap/ports.ts';

/** What is known of the hosts. */
export function createHosts(): Hosts {
  return { admit: () => null, record: () => undefined };
}
