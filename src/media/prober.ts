import { Deadline } from '../deadline.ts';
import { isOurs, type OwnDelay } from '../own-delay.ts';
import type { Hosts, ProbeMedia, ProbeMode, Trace } from '../unwrap/ports.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { LookLimits } from './look-limits.ts';
import { type Probe, unknownVerdict, verdictOf } from './probe.ts';
import type { SlowFiles } from './slow-files.ts';
import type { VerdictStore } from './verdict-store.ts';

export type ProberDeps = {
  readonly probe: Probe;
  readonly store: VerdictStore;
  readonly hosts: Hosts;
  /** Bounds the looks for which nobody waits. */
  readonly limits: LookLimits;
  readonly slowFiles: SlowFiles;
  readonly ownDelay: Pick<OwnDelay, 'nowMs'>;
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

/** Who asked for a look, and whether the request waits for it as long as it has time. */
type Asker = { readonly mode: ProbeMode; readonly deadline: Deadline; readonly trace: Trace };

/** A look that goes on. */
type Look = {
  readonly verdict: Promise<MediaVerdict | null>;
  /** Has its host answered, and are we still reading what came? */
  readonly isReading: () => boolean;
};

/**
 * Looks at media files, once for all who ask at the same time. Where the limits have room, a look has a time of its
 * own: it may come too late for the request that began it, and still tells the next. Where they have none, it ends with
 * the request.
 */
export function createProber({ probe, store, hosts, limits, slowFiles, ownDelay, timeoutMs }: ProberDeps): Prober {
  const underWay = new Map<string, Look>();
  const deadlines = new Set<Deadline>();

  const lookAt = async (
    url: string,
    host: string,
    ms: number,
    { mode, deadline: asked, trace }: Asker,
    onReading: (isReading: boolean) => void,
  ): Promise<MediaVerdict> => {
    const pass = slowFiles.tryPass(url);
    if (pass === null)
      return unknownVerdict(url, 'our own reader had not the time for it twice: it is left alone for a while');
    const deadline = Deadline.after(ms);
    deadlines.add(deadline);
    try {
      const shared = await store.find(url, deadline);
      if (shared !== null) return shared;
      const visit = { host, remainingMs: deadline.remaining(), request: asked.root };
      const came = await hosts.visit(visit, async () => {
        const span = trace.probe({ mode, host });
        const probed = await probe(url, deadline, onReading);
        span.end(probed.verdict.outcome, probed.exchanges);
        return probed;
      });
      if ('refused' in came) return verdictOf(url, came.refused);
      const { verdict, standing } = came;
      const hadItsTime = verdict.outcome !== 'late' || ms === timeoutMs;
      if (hadItsTime && standing === 'lasting') store.put(verdict);
      pass.end(standing === 'unread' ? 'failed' : standing === 'lasting' ? 'succeeded' : 'nothing');
      return verdict;
    } finally {
      pass.end('nothing');
      deadline.cancel();
      deadlines.delete(deadline);
    }
  };

  /** Where there is no room, a look has as much time as who waits for it, and none begins for nobody. */
  const learn = (url: string, asker: Asker): Look => {
    const begun = underWay.get(url);
    if (begun !== undefined) return begun;
    const host = hostOf(url);
    const leave = limits.enter(host);
    if (leave === null && asker.mode === 'background') return NONE;
    const ms = leave === null ? Math.min(asker.deadline.remaining(), timeoutMs) : timeoutMs;
    let isReading = false;
    const verdict = lookAt(url, host, ms, asker, (now) => (isReading = now)).finally(() => {
      underWay.delete(url);
      leave?.();
    });
    const look = { verdict, isReading: () => isReading };
    underWay.set(url, look);
    return look;
  };

  /** Unknown where the host was in time, but our reading or our loop was not. */
  const waitFor = (url: string, deadline: Deadline, trace: Trace): Promise<MediaVerdict | null> => {
    const message = `${hostOf(url)}: the file was not there at the deadline`;
    const late = verdictOf(url, { reason: 'timeout', message });
    if (deadline.expired) return Promise.resolve(late);
    const beganAt = deadline.elapsed();
    const { verdict, isReading } = learn(url, { mode: 'wait', deadline, trace });
    const atDeadline = (): MediaVerdict => {
      const isByUs = isReading() || isOurs(deadline.elapsed() - beganAt, ownDelay.nowMs());
      return isByUs ? unknownVerdict(url, 'our own process was too late to look at it') : late;
    };
    return Promise.race([verdict, atEnd(deadline).then(atDeadline)]);
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
      if (unknown.length > 0) setImmediate(() => unknown.forEach((url) => void learn(url, { mode, deadline, trace })));
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
