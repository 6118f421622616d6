import { randomBytes } from 'node:crypto';

/** What somebody has allowed to be sent: the URLs of one ad, each once. */
export type ArmedPlays = {
  /** A token that lets the URLs of an ad be sent. @param key the run and the ad */
  readonly arm: (key: string) => string;
  /** May this one be sent now? Once it may, it may not again. */
  readonly take: (token: string, key: string, cue: number) => boolean;
  readonly isArmed: (token: string, key: string) => boolean;
};

const MAX_ARMED = 50;
/** As long as somebody looks at an ad. */
const FOR_MS = 30 * 60 * 1000;

/** Remembers who has said twice that trackers may be sent. @param now in ms */
export function createArmedPlays(now: () => number = Date.now): ArmedPlays {
  /** In the order in which they came. */
  const plays = new Map<string, { readonly key: string; readonly until: number; readonly sent: Set<number> }>();
  const find = (token: string, key: string) => {
    const play = plays.get(token);
    return play !== undefined && play.key === key && play.until > now() ? play : null;
  };
  return {
    arm: (key) => {
      const token = randomBytes(16).toString('base64url');
      plays.set(token, { key, until: now() + FOR_MS, sent: new Set() });
      for (const each of plays.keys()) if (plays.size > MAX_ARMED) plays.delete(each);
      return token;
    },
    take: (token, key, cue) => {
      const play = find(token, key);
      if (play === null || play.sent.has(cue)) return false;
      play.sent.add(cue);
      return true;
    },
    isArmed: (token, key) => find(token, key) !== null,
  };
}
