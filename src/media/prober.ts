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

/** Failures that may be our own, or our name server's: they say nothing to the next who asks. */
const PASSING: ReadonlySet<FailureReason | undefined> = new Set(['busy', 'cancelled', 'dns']);

/**
 * Looks at media files, once for all who ask at the same time. A look has its own time, as far as the admission has room:
 * one that comes too late for the request that began it still tells the next. Beyond that it ends with the request.
 */
export function createProber({ probe, store, hosts, admission, timeoutMs }: ProberDeps): Prober {
  const underWay = new Map<string, Promise<MediaVerdict | null>>();
  const deadlines = new Set<Deadline>();

  /** Null where nothing can be told, because it was our own limits that prevented the look. */
  const lookAt = async (
    url: string,
    host: string,
    ms: number,
    { mode, trace }: Asker,
  ): Promise<MediaVerdict | null> => {
    const deadline = Deadline.after(ms);
    deadlines.add(deadline);
    try {
      const shared = await store.find(url, deadline);
      if (shared !== null) return shared;
      const refused = hosts.admit(host, deadline.remaining());
      if (refused !== null) return verdictOf(url, refused);
      const span = trace.probe({ mode, host });
      const { verdict, failure, exchanges } = await probe(url, deadline);
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
  const learn = (url: string, asker: Asker): Promise<MediaVerdict | null> => {
    const begun = underWay.get(url);
    if (begun !== undefined) return begun;
    const host = hostOf(url);
    const leave = admission.enter(host);
    if (leave === null && asker.mode === 'background') return Promise.resolve(null);
    const ms = leave === null ? Math.min(asker.leftMs, timeoutMs) : timeoutMs;
    const look = lookAt(url, host, ms, asker).finally(() => {
      underWay.delete(url);
      leave?.();
    });
    underWay.set(url, look);
    return look;
  };

  const waitFor = (url: string, deadline: Deadline, trace: Trace): Promise<MediaVerdict | null> => {
    const message = `${hostOf(url)}: the file was not there at the deadline`;
    const late = verdictOf(url, { reason: 'timeout', message });
    if (deadline.expired) return Promise.resolve(late);
    return Promise.race([
      learn(url, { mode: 'wait', leftMs: deadline.remaining(), trace }),
      atEnd(deadline).then(() => late),
    ]);
  };

  return {
    look: async (urls, mode, deadline, trace) => {
      const known = urls.map(store.known);
      const unknown = urls.filter((_url, index) => known[index] === null);
      if (mode === 'wait') known.push(...(await Promise.all(unknown.map((url) => waitFor(url, deadline, trace)))));
      // Not before the answer is on its way.
      else if (unknown.length > 0)
        setImmediate(() => unknown.forEach((url) => void learn(url, { mode, leftMs: 0, trace })));
      return known.filter((verdict) => verdict !== null);
    },
    idle: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
    close: () => deadlines.forEach((deadline) => deadline.cancel()),
  };
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

function atEnd({ signal }: Deadline): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
