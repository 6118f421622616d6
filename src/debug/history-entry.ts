import { redactFor, redactUrlsIn } from './redact.ts';
import type { DebugRun } from './run.ts';
import { verdict, type Verdict } from './verdict.ts';

/** What a list of runs says of one: nothing that its own page would not say to whoever has its link. */
export type HistoryEntry = Pick<DebugRun, 'id' | 'at'> & {
  /** A tag URL without persons and secrets, or the beginning of a document. */
  readonly tag: string;
  readonly status: string;
  readonly tone: Verdict['tone'];
  readonly verdict: string;
  readonly hosts: readonly string[];
  readonly advertiser: string | null;
  readonly adTitle: string | null;
};

/** What is searched for; empty for anything. */
export type HistoryQuery = Readonly<Record<'text' | 'host' | 'status' | 'advertiser', string>>;

/** Characters of a document, and hosts of a chain, that an entry keeps. */
const MAX_TEXT = 80;
const MAX_HOSTS = 20;

export function historyEntry(run: DebugRun): HistoryEntry {
  const { id, at, request, result } = run;
  const { tone, sentence } = verdict(run);
  const { input } = request;
  const [ad] = result.ads;
  return {
    ...{ id, at, tone, verdict: sentence, status: result.status },
    tag:
      'url' in input
        ? redactFor(request).url(input.url)
        : redactFor(request).text(redactUrlsIn(input.adm.slice(0, MAX_TEXT))),
    hosts: [...new Set(result.hops.flatMap(({ host }) => host ?? []))].slice(0, MAX_HOSTS),
    advertiser: ad?.advertiser ?? null,
    adTitle: ad?.adTitle ?? null,
  };
}

const TONES: readonly string[] = ['good', 'open', 'doubtful', 'bad'] satisfies readonly Verdict['tone'][];

/** Is a value an entry? It may come from where others can write. */
export function isHistoryEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, at, tag, status, verdict, tone, hosts, advertiser, adTitle } = value as Record<
    keyof HistoryEntry,
    unknown
  >;
  return (
    [id, at, tag, status, verdict].every((each) => typeof each === 'string') &&
    [advertiser, adTitle].every((each) => each === null || typeof each === 'string') &&
    TONES.includes(tone as string) &&
    Array.isArray(hosts) &&
    hosts.every((host) => typeof host === 'string')
  );
}

/** Is an entry among what is searched for? Letter case does not matter. */
export function isWanted(entry: HistoryEntry, { text, host, status, advertiser }: HistoryQuery): boolean {
  const { tag, verdict, hosts, adTitle } = entry;
  const all = [tag, verdict, entry.status, adTitle, entry.advertiser, ...hosts];
  return (
    (status === '' || entry.status === status) &&
    has(hosts, host) &&
    has([entry.advertiser], advertiser) &&
    has(all, text)
  );
}

const has = (texts: readonly (string | null)[], wanted: string): boolean => {
  const part = wanted.trim().toLowerCase();
  return part === '' || texts.some((text) => text !== null && text.toLowerCase().includes(part));
};
