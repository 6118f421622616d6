import { filesToProbe } from '../unwrap/files-to-probe.ts';
import { redactUrl } from '../redact-url.ts';
import { readDocument } from '../vast/document.ts';

/** What is to be made ready. */
export type WarmList = {
  /** Host names or origins. */
  readonly hosts: readonly string[];
  /** Tag URLs or VAST documents. */
  readonly tags: readonly string[];
  /** URLs of media files. */
  readonly media: readonly string[];
  /** Are tags asked for their ads? Their servers count that. */
  readonly ask: boolean;
  /** How many things are begun within a second. */
  readonly perSecond: number;
};

/** One thing to be done. */
export type WarmTask =
  | { readonly kind: 'connect'; readonly origin: string }
  | { readonly kind: 'look'; readonly url: string }
  | { readonly kind: 'ask'; readonly tag: string };

export type WarmPlan = {
  readonly tasks: readonly WarmTask[];
  /** What nothing is done for: the entry, without the values of its query, and why. */
  readonly refused: readonly { readonly entry: string; readonly reason: string }[];
};

/**
 * What there is to do for a list, each thing once: a connection to each host and to the host of each tag, a look at each
 * media file that is named or that a document holds, and where that is asked for, each tag itself.
 *
 * @param refusalOf why the egress guard would not let a URL through; null where it would
 */
export function planWarming(list: WarmList, refusalOf: (url: string) => string | null): WarmPlan {
  const tasks = new Map<string, WarmTask>();
  const refused: { entry: string; reason: string }[] = [];
  const add = (key: string, task: WarmTask): void => void (tasks.has(key) || tasks.set(key, task));

  /** Adds what `taskOf` makes of a URL, or says why not. */
  const forUrl = (entry: string, url: string, add: (target: URL) => void): void => {
    const target = URL.parse(url);
    const reason = target === null ? 'it is no URL' : refusalOf(url);
    if (target === null || reason !== null) refused.push({ entry: shownAs(entry), reason: reason ?? 'it is no URL' });
    else add(target);
  };
  const connect = ({ origin }: URL): void => add(`connect ${origin}`, { kind: 'connect', origin });
  const look = (url: string) => (): void => add(`look ${url}`, { kind: 'look', url });
  const ask = (tag: string): void => {
    if (list.ask) add(`ask ${tag}`, { kind: 'ask', tag });
  };

  for (const host of list.hosts) forUrl(host, /^[a-z]+:\/\//i.test(host) ? host : `https://${host}`, connect);
  for (const written of list.tags) {
    const tag = written.trim();
    if (!tag.startsWith('<')) {
      forUrl(tag, tag, (target) => {
        connect(target);
        ask(tag);
      });
      continue;
    }
    const read = readDocument(tag);
    if (!read.ok) {
      refused.push({ entry: shownAs(tag), reason: 'it is no VAST document' });
      continue;
    }
    const { document } = read;
    for (const ad of document.ads) {
      if (ad.kind === 'wrapper') forUrl(ad.tagUri, ad.tagUri, connect);
      if (ad.kind !== 'inline') continue;
      const settled = { kind: 'settled', hop: 0, document, inline: ad, branch: [] } as const;
      for (const url of filesToProbe([settled], null)) forUrl(url, url, look(url));
    }
    ask(tag);
  }
  for (const url of list.media) forUrl(url, url, look(url));
  return { tasks: [...tasks.values()], refused };
}

/** The tasks of one process of several: tags are asked for once, everything else each process has to do for itself. */
export function partOf(tasks: readonly WarmTask[], part: number, of: number): readonly WarmTask[] {
  let asked = -1;
  return tasks.filter(({ kind }) => kind !== 'ask' || (asked += 1) % of === part);
}

const MAX_SHOWN = 200;

function shownAs(entry: string): string {
  const shown = URL.canParse(entry) ? redactUrl(entry) : entry.replace(/[?#].*/s, '');
  return shown.slice(0, MAX_SHOWN);
}
