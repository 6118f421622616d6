import { redactUrl } from '../redact-url.ts';
import type { DebugRun } from './run.ts';

/** Fields that may name a person. */
const SECRETS = new Set(['ip', 'ipv6', 'ifa', 'consent', 'gpp', 'us_privacy', 'macros', 'tid']);

/** Where the viewer is, as a URL: its query may hold anything. */
const URLS = new Set(['page', 'ref']);

const REDACTED = 'REDACTED';

/** The run as a call of `POST /v1/unwrap`, ready for a shell; what may name a person has to be filled in again. */
export function curlOf({ request, tmaxMs }: Pick<DebugRun, 'request' | 'tmaxMs'>): string {
  const { input, options, imp, bid, blocked, device, regs, user, site, app, source } = request;
  const { maxWrappers, onTimeout, probe } = options;
  const body = {
    ...('url' in input ? { url: redactUrl(input.url) } : input),
    tmax: tmaxMs,
    imp,
    bid,
    device,
    regs,
    user: user && { ...user, ...(user.id !== undefined && { id: REDACTED }) },
    site,
    app,
    source,
    bcat: some(blocked.cat),
    badv: some(blocked.adv),
    options: { maxWrappers, onTimeout, probe },
  };
  const json = JSON.stringify(body, (name, value: unknown) => {
    if (value === null) return undefined;
    if (typeof value !== 'string') return value;
    return SECRETS.has(name) ? REDACTED : URLS.has(name) ? redactUrl(value) : value;
  });
  return `curl -s 'http://localhost:8080/v1/unwrap?include=trackers' -H 'Content-Type: application/json' -d ${quote(json)}`;
}

const some = (list: readonly string[]): readonly string[] | null => (list.length > 0 ? list : null);

/** A text as one word of a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
