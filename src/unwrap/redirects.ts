import type { Exchange } from './result.ts';

/** How many redirects were followed: of the requests of a hop, those whose redirect led to another. */
export function redirectsOf(exchanges: readonly Pick<Exchange, 'httpStatus'>[]): number {
  return exchanges.slice(0, -1).filter(({ httpStatus }) => Math.floor((httpStatus ?? 0) / 100) === 3).length;
}
