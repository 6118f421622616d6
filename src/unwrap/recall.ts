import { conclude, type ChainEnd } from './conclude.ts';
import type { Conclusion, UnwrapResult, Written } from './result.ts';
import { rereadConclusion, type Reread } from './written.ts';

/**
 * The result of a chain whose conclusion was remembered. Most callers are sent its bytes; what else is in it is read, or
 * worked out again, when somebody asks.
 */
export function recall(written: Written, end: ChainEnd, deadline: UnwrapResult['deadline']): UnwrapResult {
  return new Recalled(written, end, deadline);
}

/** A class, since an object with getters of its own is made anew for each request, which took 6 µs. */
class Recalled implements UnwrapResult {
  readonly status: Written['status'];
  readonly vastError: Written['vastError'];
  readonly reason: Written['reason'];
  readonly wrappers: Written['wrappers'];
  readonly deadline: UnwrapResult['deadline'];
  readonly media: UnwrapResult['media'];
  readonly hops: UnwrapResult['hops'];
  readonly drift: ChainEnd['drift'];
  readonly written: Written;
  readonly #end: ChainEnd;
  #reread: Reread | null = null;
  #again: Conclusion | null = null;

  constructor(written: Written, end: ChainEnd, deadline: UnwrapResult['deadline']) {
    this.status = written.status;
    this.vastError = written.vastError;
    this.reason = written.reason;
    this.wrappers = written.wrappers;
    this.deadline = deadline;
    this.media = end.media;
    this.hops = end.chain.hops;
    this.drift = end.drift;
    this.written = written;
    this.#end = end;
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
    return (this.#again ??= conclude(this.#end)).merged;
  }

  #read(): Reread {
    return (this.#reread ??= rereadConclusion(this.written));
  }
}
