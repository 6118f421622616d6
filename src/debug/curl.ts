import { redactUrl } from '../redact-url.ts';
import type { DebugRun } from './run.ts';

/** Fields that may name a person. */
const SECRETS = new Set(['ip', 'ipv6', 'ifa', 'consent', 'gpp', 'us_privacy', 'macros', 'id', 'tid']);

const REDACTED = 'REDACTED';

/** The run as a call of `POST /v1/unwrap`, ready for a shell; what may name a person has to be filled in again. */
export function curlOf({ request, tmaxMs }: Pick<DebugRun, 'request' | 'tmaxMs'>): string {
  const { input, options, imp, bid, device, regs, user } = request;
  const body = {
    ...('url' in input ? { url: redactUrl(input.url) } : input),
    tmax: tmaxMs,
    imp,
    bid,
    device,
    regs,
    user,
    options: { maxWrappers: options.maxWrappers, probe: options.probe },
  };
  const json = JSON.stringify(body, (name, value: unknown) => {
    if (value === null) return undefined;
    return SECRETS.has(name) && typeof value === 'string' ? REDACTED : value;
  });
  return `curl -s 'http://localhost:8080/v1/unwrap?include=trackers' -H 'Content-Type: application/json' -d ${quote(json)}`;
}

/** A text as one word of a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
