// A deadline is one point in time: when the answer must be out. It is made once, where a request comes in, and everybody
// who may have to wait is given it. Whoever waits for a socket or a lookup asks `onEnd` to be called, and gives up then.
//
// - The end comes once: the time has passed, or nobody waits any more (`cancel`). After that nothing begins anew.
// - There is one timer, and only while somebody waits. It may fire late on a busy loop, so whoever has worked for a while
//   asks `remaining()`, which reads the clock.
// - `atMost` makes a deadline inside another: a part of the time, or the same time for one bid. It never ends later than
//   the outer one, and it is over when the outer one is cancelled.
// - `shorten` is for a caller whose time is known only when the body was read; `extend` for work that somebody joins who
//   has more time. A timer that was set too early is set again, one that was set too late is replaced.
// - `held` makes one without a timer, for work that ends when the last of those who wait for it goes: each of them has a
//   deadline with a timer already.

/** A monotonic clock in milliseconds, such as `performance.now`. */
export type Clock = () => number;

const performanceClock: Clock = () => performance.now();

/** One point in time that everything of a request shares: an argument, never stored. */
export class Deadline {
  /** The outermost deadline around this one: each request has one of its own. */
  readonly root: Deadline;
  /** When the time began, on the deadline's clock, in ms. */
  readonly startedAt: number;
  readonly #clock: Clock;
  /** Those who wait, in the order in which they came; null before the first: for what the cache has nobody ever waits. */
  #waiting: Set<() => void> | null = null;
  /** Those inside this one that still run. */
  #inner: Set<Deadline> | null = null;
  #outer: Deadline | null = null;
  #budgetMs: number;
  #endedBy: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** The budget that the timer was set by. */
  #armedForMs = 0;
  readonly #isTimed: boolean;

  private constructor(ms: number, clock: Clock, startedAt: number, root: Deadline | null, isTimed: boolean) {
    this.root = root ?? this;
    this.#budgetMs = ms;
    this.startedAt = startedAt;
    this.#clock = clock;
    this.#isTimed = isTimed;
  }

  /** A deadline `ms` milliseconds after `startedAt` (by default: now). */
  static after(ms: number, clock: Clock = performanceClock, startedAt: number = clock()): Deadline {
    return new Deadline(ms, clock, startedAt, null, true);
  }

  /** The same from now on, but those who wait are told by `cancel` alone: whoever holds it has to call that in time. */
  static held(ms: number, clock: Clock): Deadline {
    return new Deadline(ms, clock, clock(), null, false);
  }

  /** A deadline inside this one: `ms` from now, but never later than this one. Cancelling this one cancels it too. */
  atMost(ms: number): Deadline {
    const lengthMs = Math.max(0, Math.min(ms, this.remaining()));
    const inner = new Deadline(lengthMs, this.#clock, this.#clock(), this.root, true);
    if (this.#endedBy !== null) inner.cancel(this.#endedBy);
    else {
      (this.#inner ??= new Set()).add(inner);
      inner.#outer = this;
    }
    return inner;
  }

  /**
   * Moves the end to `ms` from now, where that is later: for work that several wait for, of whom one has more time. What
   * has ended stays ended.
   */
  extend(ms: number): void {
    this.#budgetMs = Math.max(this.#budgetMs, this.elapsed() + ms);
  }

  /** Moves the end to `ms` after the start, where that is earlier: for a request that says so only when it was read. */
  shorten(ms: number): void {
    if (ms >= this.#budgetMs) return;
    this.#budgetMs = ms;
    this.#disarm();
    if (this.#isTimed && this.#endedBy === null && this.#waiting !== null && this.#waiting.size > 0) this.#arm();
  }

  /** How much time there is in all, from the start, in ms. */
  get budgetMs(): number {
    return this.#budgetMs;
  }

  /** Milliseconds left, 0 when the time has passed or the request was cancelled. */
  remaining(): number {
    if (this.#endedBy !== null) return 0;
    return Math.max(0, this.startedAt + this.#budgetMs - this.#clock());
  }

  /** Milliseconds since the start. */
  elapsed(): number {
    return this.#clock() - this.startedAt;
  }

  get expired(): boolean {
    return this.remaining() === 0;
  }

  /**
   * Why it ended: `timeout`, or what it was cancelled with. Null until those who wait are called, which on a busy loop
   * may be after the time has passed.
   */
  get endedBy(): string | null {
    return this.#endedBy;
  }

  /**
   * Calls `listener` once, at the end: when the time has passed or the request was cancelled; at once where that has
   * been.
   * @returns what is called by those who wait no more
   */
  onEnd(listener: () => void): () => void {
    if (this.#endedBy !== null) {
      listener();
      return nothing;
    }
    // of the listener's own, since the same one may wait twice
    const call = (): void => listener();
    (this.#waiting ??= new Set()).add(call);
    if (this.#timer === null && this.#isTimed) this.#arm();
    return () => void this.#waiting?.delete(call);
  }

  /** Ends everything at once, because nobody waits any more: the caller hung up, or the answer is on its way. */
  cancel(reason = 'cancelled'): void {
    if (this.#endedBy !== null) return;
    this.#endedBy = reason;
    this.#disarm();
    if (this.#outer !== null) this.#outer.#inner?.delete(this);
    // given up first: whoever is told may take another away, who is told all the same
    const [waiting, inside] = [this.#waiting, this.#inner];
    this.#waiting = null;
    this.#inner = null;
    if (waiting !== null) for (const call of waiting) call();
    if (inside !== null) for (const inner of inside) inner.cancel(reason);
  }

  #arm(): void {
    this.#armedForMs = this.#budgetMs;
    this.#timer = setTimeout(() => {
      if (this.#budgetMs > this.#armedForMs) this.#arm();
      else this.cancel('timeout');
    }, this.remaining());
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function nothing(): void {}
