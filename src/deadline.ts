/** A monotonic clock in milliseconds, such as `performance.now`. */
export type Clock = () => number;

const performanceClock: Clock = () => performance.now();

/**
 * One point in time that everything of a request shares. Created where the request enters and passed down as an
 * argument, never stored. Its `signal` closes what waits; after synchronous work ask `remaining()` again, since
 * timers fire late on a busy loop.
 */
export class Deadline {
  /** When the time began, on the deadline's clock, in ms. */
  readonly startedAt: number;
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  /** Those inside this one that still run: abort listeners with signals of their own cost far more. */
  readonly #inner = new Set<Deadline>();
  #outer: Deadline | null = null;
  #budgetMs: number;
  #timer: NodeJS.Timeout;

  private constructor(ms: number, clock: Clock, startedAt: number) {
    this.#budgetMs = ms;
    this.startedAt = startedAt;
    this.#clock = clock;
    this.#timer = this.#arm();
  }

  /** A deadline `ms` milliseconds after `startedAt` (by default: now). */
  static after(ms: number, clock: Clock = performanceClock, startedAt: number = clock()): Deadline {
    return new Deadline(ms, clock, startedAt);
  }

  /** A deadline inside this one: `ms` from now, but never later than this one. Cancelling this one cancels it too. */
  atMost(ms: number): Deadline {
    const inner = new Deadline(Math.max(0, Math.min(ms, this.remaining())), this.#clock, this.#clock());
    if (this.signal.aborted) inner.cancel(this.signal.reason);
    else {
      this.#inner.add(inner);
      inner.#outer = this;
    }
    return inner;
  }

  /**
   * Moves the end to `ms` from now, where that is later: for work that several wait for, of whom one has more time. What
   * has ended stays ended.
   */
  extend(ms: number): void {
    const budgetMs = this.elapsed() + ms;
    if (this.signal.aborted || budgetMs <= this.#budgetMs) return;
    clearTimeout(this.#timer);
    this.#budgetMs = budgetMs;
    this.#timer = this.#arm();
  }

  /** How much time there is in all, from the start, in ms. */
  get budgetMs(): number {
    return this.#budgetMs;
  }

  /** Milliseconds left, 0 when the time has passed or the request was cancelled. */
  remaining(): number {
    if (this.signal.aborted) return 0;
    return Math.max(0, this.startedAt + this.#budgetMs - this.#clock());
  }

  /** Milliseconds since the start. */
  elapsed(): number {
    return this.#clock() - this.startedAt;
  }

  get expired(): boolean {
    return this.remaining() === 0;
  }

  /** Aborts when the time has passed or the request was cancelled. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends everything at once, because nobody waits any more: the caller hung up, or the answer is on its way. */
  cancel(reason: unknown = 'cancelled'): void {
    clearTimeout(this.#timer);
    if (this.#outer !== null) this.#outer.#inner.delete(this);
    this.#controller.abort(reason);
    for (const inner of [...this.#inner]) inner.cancel(reason);
  }

  #arm(): NodeJS.Timeout {
    return setTimeout(() => this.cancel('timeout'), Math.max(0, this.remaining()));
  }
}
