import type { FailureReason } from '../chain/failure.ts';
import { Deadline } from '../deadline.ts';
import type { Hosts, ProbeMedia, ProbeMode, Trace } from '../unwrap/ports.ts';
import type { Exchange } from '../unwrap/result.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { Admission } from './admission.ts';
import { type Probe, verdictOf } from './probe.ts';
import type { VerdictStore } from './verdict-store.ts';

export type ProberDeps = {
  readonly probe: Probe;
  readonly store: VerdictStore;
  readonly hosts: Pick<Hosts, 'admit'> & {
    readonly recordExchange: (exchange: Exchange, leftMs: number) => void;
  };
  /** Bounds the looks for which nobody waits. */
  readonly admission: Admission;
  /** How long a look may take, in ms. */
  readonly timeoutMs: number;
};

export type Prober = {
  readonly look: ProbeMedia;
  /** Settles when no file is being looked at. */
  readonly idle: () => Promise<void>;
  /** Ends all looks that are under way. */
  readonly close: () => void;
};

/** Who asked for a look: has the request so much time left for it (ms), or does nobody wait? */
type Asker = { readonly mode: ProbeMode; readonly leftMs: number; readonly trace: Trace };

/** A look that goes on. */
type Look = {
  readonly verdict: Promise<MediaVerdict | null>;
  /** Has its host answered, and are we still reading what came? */
  readonly isReading: () => boolean;
};

/** Failures that may be our own, or our name server's: they say nothing to the next who asks. */
const PASSING: ReadonlySet<FailureReason | undefined> = new Set(['busy', 'cancelled', 'dns']);

/**
 * Looks at media files, once for all who ask at the same time. A look has its own time, as far as the admission has room:
 * one that comes too late for the request that began it still tells the next. Beyond that it ends with the request.
 */
export function createProber({ probe, store, hosts, admission, timeoutMs }: ProberDeps): Prober {
  const underWay = new Map<string, Look>();
  const deadlines = new Set<Deadline>();

  /** Null where nothing can be told, because it was our own limits that prevented the look. */
  const lookAt = async (
    url: string,
    host: string,
    ms: number,
    { mode, trace }: Asker,
    onReading: (isReading: boolean) => void,
  ): Promise<MediaVerdict | null> => {
    const deadline = Deadline.after(ms);
    deadlines.add(deadline);
    try {
      const shared = await store.find(url, deadline);
      if (shared !== null) return shared;
      const refused = hosts.admit(host, deadline.remaining());
      if (refused !== null) return verdictOf(url, refused);
      const span = trace.probe({ mode, host });
      const { verdict, failure, exchanges } = await probe(url, deadline, onReading);
      const endsAt = deadline.startedAt + deadline.budgetMs;
      for (const exchange of exchanges) hosts.recordExchange(exchange, endsAt - exchange.startedAt);
      span.end(verdict.outcome, exchanges);
      const hadItsTime = verdict.outcome !== 'late' || ms === timeoutMs;
      if (hadItsTime && !PASSING.has(failure?.reason)) store.put(verdict);
      return failure?.reason === 'busy' ? null : verdict;
    } finally {
      deadline.cancel();
      deadlines.delete(deadline);
    }
  };

  /** Where there is no room, a look has as long as who waits for it, and none begins where nobody does. */
  const learn = (url: string, asker: Asker): Look => {
    const begun = underWay.get(url);
    if (begun !== undefined) return begun;
    const host = hostOf(url);
    const leave = admission.enter(host);
    if (leave === null && asker.mode === 'background') return NONE;
    const ms = leave === null ? Math.min(asker.leftMs, timeoutMs) : timeoutMs;
    let isReading = false;
    const verdict = lookAt(url, host, ms, asker, (now) => (isReading = now)).finally(() => {
      underWay.delete(url);
      leave?.();
    });
    const look = { verdict, isReading: () => isReading };
    underWay.set(url, look);
    return look;
  };

  /** Null also where the host was in time, but our reading was not. */
  const waitFor = (url: string, deadline: Deadline, trace: Trace): Promise<MediaVerdict | null> => {
    const message = `${hostOf(url)}: the file was not there at the deadline`;
    const late = verdictOf(url, { reason: 'timeout', message });
    if (deadline.expired) return Promise.resolve(late);
    const { verdict, isReading } = learn(url, { mode: 'wait', leftMs: deadline.remaining(), trace });
    return Promise.race([verdict, atEnd(deadline).then(() => (isReading() ? null : late))]);
  };

  return {
    look: async (urls, mode, deadline, trace) => {
      const known = urls.map(store.known);
      const isTold = (verdict: MediaVerdict | null): verdict is MediaVerdict => verdict !== null;
      if (mode === 'wait') {
        const all = urls.map(async (url, index) => known[index] ?? waitFor(url, deadline, trace));
        return (await Promise.all(all)).filter(isTold);
      }
      const unknown = urls.filter((_url, index) => known[index] === null);
      // Not before the answer is on its way.
      if (unknown.length > 0) setImmediate(() => unknown.forEach((url) => void learn(url, { mode, leftMs: 0, trace })));
      return known.filter(isTold);
    },
    idle: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      while (underWay.size > 0) await Promise.all([...underWay.values()].map(({ verdict }) => verdict));
    },
    close: () => deadlines.forEach((deadline) => deadline.cancel()),
  };
}

const NONE: Look = { verdict: Promise.resolve(null), isReading: () => false };

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

function atEnd(deadline: Deadline): Promise<void> {
  return new Promise((resolve) => void deadline.onEnd(resolve));
}
