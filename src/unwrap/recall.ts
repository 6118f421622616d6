import type { Deadline } from '../deadline.ts';
import { conclusionKey } from './conclusion-key.ts';
import type { FollowedChain } from './followed-chain.ts';
import type { Conclusion, UnwrapResult, Written } from './result.ts';
import { rereadConclusion, type Reread, writeConclusion } from './written.ts';

/**
 * The result of a chain: remembered where the same documents were concluded from before, else worked out. Most callers are
 * sent the bytes of what was remembered; what else is in it is read, or worked out again, when somebody asks.
 */
export function recall(followed: FollowedChain, workOut: () => Conclusion): UnwrapResult {
  const { chain, media, drift, deadline, ports } = followed;
  const key = conclusionKey(followed);
  const known = key === null ? undefined : ports.conclusions.get(key);
  if (known) return new Recalled(known, followed, workOut);
  const conclusion = workOut();
  // What nobody asked for before is nothing that many ask for: it is not worth being written down.
  if (key !== null && known === null) ports.conclusions.set(key, writeConclusion(conclusion, media));
  // Not a copy of it: that would make what is made when it is read.
  return Object.assign(conclusion, { hops: chain.hops, media, drift, deadline: spent(deadline) });
}

const spent = (deadline: Deadline): UnwrapResult['deadline'] => {
  return { tmax: deadline.budgetMs, elapsedMs: deadline.elapsed() };
};

/** A class, since an object with getters of its own is made anew for each request, which took 6 µs. */
class Recalled implements UnwrapResult {
  readonly status: Written['status'];
  readonly vastError: Written['vastError'];
  readonly reason: Written['reason'];
  readonly wrappers: Written['wrappers'];
  readonly deadline: UnwrapResult['deadline'];
  readonly media: UnwrapResult['media'];
  readonly hops: UnwrapResult['hops'];
  readonly drift: FollowedChain['drift'];
  readonly written: Written;
  readonly #workOut: () => Conclusion;
  #reread: Reread | null = null;
  #again: Conclusion | null = null;

  constructor(written: Written, { chain, media, drift, deadline }: FollowedChain, workOut: () => Conclusion) {
    this.status = written.status;
    this.vastError = written.vastError;
    this.reason = written.reason;
    this.wrappers = written.wrappers;
    this.deadline = spent(deadline);
    this.media = media;
    this.hops = chain.hops;
    this.drift = drift;
    this.written = written;
    this.#workOut = workOut;
  }

  get adm(): UnwrapResult['adm'] {
    return this.written.adm === null ? null : this.written.adm.toString();
  }

  get ads(): UnwrapResult['ads'] {
    return this.#read().ads;
  }

  get findings(): UnwrapResult['findings'] {
    return this.#read().findings;
  }

  get errorUrls(): UnwrapResult['errorUrls'] {
    return this.#read().errorUrls;
  }

  get unwritten(): readonly string[] {
    return this.#read().unwritten;
  }

  get bid(): UnwrapResult['bid'] {
    return this.#read().bid;
  }

  get projection(): NonNullable<UnwrapResult['projection']> | null {
    return this.#read().projection ?? null;
  }

  // It points into the documents' trees, so it is not kept beside them.
  get merged(): UnwrapResult['merged'] {
    return (this.#again ??= this.#workOut()).merged;
  }

  #read(): Reread {
    return (this.#reread ??= rereadConclusion(this.written));
  }
}
