import { Deadline } from '../deadline.ts';
import { createFairQueue, type HostTask } from './fair-queue.ts';
import { followRedirects } from './follow-redirects.ts';
import type { SendRequest } from './send-request.ts';

/**
 * Tells these URLs, error pixels for instance, by a GET each whose body nobody reads: each once, and not more than one
 * request may cause. Resolves when all are fired, have failed or were dropped: failures change nothing, and nothing is
 * fired twice. Never throws.
 * @returns how many were answered at all
 */
export type FireUrls = (urls: readonly string[]) => Promise<number>;

export type FireUrlsSettings = {
  readonly userAgent: string;
  /** How many are fired of one call. */
  readonly maxPerRequest: number;
  /** How many of one call go to a host, and how many may be under way to it, those of all calls together. */
  readonly maxPerHost: number;
  /** How many may be under way at once, those of all calls together. */
  readonly concurrency?: number;
  /** How many may wait for their turn, those of all calls together; more are dropped. */
  readonly maxWaiting?: number;
  /** How long each may take, redirects included, in ms. */
  readonly timeoutMs?: number;
};

/** Of those that may be under way at once, how many one call may have. */
const SHARE_OF_ONE = 1 / 8;

/**
 * A sender of pixels that is bounded in number and time. Calls take turns: one that has many, or whose hosts hang, keeps
 * no other waiting.
 *
 * @param isLeftAlone is a host not to be asked now, since it failed too often?
 */
export function createFireUrls(
  settings: FireUrlsSettings,
  send: SendRequest,
  isLeftAlone: (host: string) => boolean = () => false,
): { readonly fire: FireUrls; readonly dropped: () => number } {
  const { userAgent, maxPerRequest, maxPerHost, concurrency = 64, maxWaiting = 4096, timeoutMs = 2000 } = settings;
  const queue = createFairQueue<string>({
    inAll: concurrency,
    perCall: Math.max(1, Math.floor(concurrency * SHARE_OF_ONE)),
    perHost: maxPerHost,
    maxWaiting,
  });
  let dropped = 0;

  const fire = async (host: string, url: string): Promise<boolean> => {
    if (isLeftAlone(host)) {
      dropped += 1;
      return false;
    }
    const deadline = Deadline.after(timeoutMs);
    try {
      const { outcome } = await followRedirects(send, pixel(url, userAgent), deadline);
      return outcome.ok;
    } finally {
      deadline.cancel('done');
    }
  };

  return {
    fire: async (urls) => {
      const wanted = new Set(urls);
      const chosen = choose(wanted, maxPerRequest, maxPerHost);
      const taken = queue.put(chosen, fire).filter((each) => each !== null);
      dropped += wanted.size - taken.length;
      return (await Promise.all(taken)).filter(Boolean).length;
    },
    dropped: () => dropped,
  };
}

/** The URLs that are fired, in their order, each with its host. What is no URL counts as a host of its own. */
function choose(urls: Iterable<string>, max: number, maxPerHost: number): readonly HostTask<string>[] {
  const chosen: HostTask<string>[] = [];
  const perHost = new Map<string, number>();
  for (const url of urls) {
    if (chosen.length === max) break;
    const host = URL.parse(url)?.host ?? '';
    const already = perHost.get(host) ?? 0;
    if (already === maxPerHost) continue;
    perHost.set(host, already + 1);
    chosen.push({ host, item: url });
  }
  return chosen;
}

function pixel(url: string, userAgent: string): Parameters<SendRequest>[0] {
  return {
    url,
    target: URL.parse(url),
    method: 'GET',
    headers: { 'user-agent': userAgent },
    maxBytes: 0,
    overflow: 'cut',
    wantsBody: () => false,
  };
}
