import { Deadline } from '../deadline.ts';
import { followRedirects } from './follow-redirects.ts';
import type { SendRequest } from './send-request.ts';

/**
 * Tells these URLs, error pixels for instance, by a GET each whose body nobody reads. Resolves when all are told or
 * have failed: failures change nothing, and nothing is told twice. Never throws.
 * @returns how many were answered at all
 */
export type FireUrls = (urls: readonly string[]) => Promise<number>;

export type FireUrlsSettings = {
  readonly userAgent: string;
  /** How many may be under way at once, those of all calls together. */
  readonly concurrency?: number;
  /** How many may wait for their turn, those of all calls together; more are dropped. */
  readonly maxWaiting?: number;
  /** How long each may take, redirects included, in ms. */
  readonly timeoutMs?: number;
};

/** A sender of pixels that is bounded in number and time. */
export function createFireUrls(settings: FireUrlsSettings, send: SendRequest): FireUrls {
  const { userAgent, concurrency = 16, maxWaiting = 1000, timeoutMs = 2000 } = settings;
  const waiting: (() => void)[] = [];
  let underWay = 0;

  const fire = async (url: string): Promise<boolean> => {
    if (underWay < concurrency) underWay += 1;
    else if (waiting.length < maxWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else return false;
    const deadline = Deadline.after(timeoutMs);
    try {
      const { outcome } = await followRedirects(send, pixel(url, userAgent), deadline);
      return outcome.ok;
    } finally {
      deadline.cancel('done');
      // The place goes to the one who waited longest.
      const next = waiting.shift();
      if (next === undefined) underWay -= 1;
      else next();
    }
  };

  return async (urls) => (await Promise.all(urls.map(fire))).filter(Boolean).length;
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
