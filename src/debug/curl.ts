import type { UnwrapRequest } from '../unwrap/request.ts';
import type { Redact } from './redact.ts';
import type { DebugRun } from './run.ts';

/** Where the API is, and what it takes. */
export type Api = {
  /** `http://ads.internal:8080`. */
  readonly base: string;
  /** The longest `tmax`, in ms. */
  readonly maxTmaxMs: number;
};

/**
 * The run as a call of `POST /v1/unwrap`, ready for a shell.
 * @param redact what may name a person or open a door has to be filled in again by those who did not run it
 */
export function curlOf({ request, tmaxMs }: Pick<DebugRun, 'request' | 'tmaxMs'>, api: Api, redact: Redact): string {
  const { input, options, imp, bid, blocked, device, regs, user, site, app, source, macros } = request;
  const { maxWrappers, onTimeout, probe, profile, repair } = options;
  const body = {
    ...('url' in input ? { url: redact.url(input.url) } : { adm: redact.text(input.adm) }),
    tmax: Math.min(tmaxMs, api.maxTmaxMs),
    ...(redact.json({
      imp,
      bid: bid && withoutMarkup(bid),
      device,
      regs,
      user,
      site,
      app,
      source,
      bcat: some(blocked.cat),
      badv: some(blocked.adv),
      macros: Object.keys(macros).length > 0 ? macros : null,
    }) as object),
    options: { maxWrappers, onTimeout, probe, ...(profile && { profile }), ...(repair && { repair }) },
  };
  const json = JSON.stringify(body, (_name, value: unknown) => (value === null ? undefined : value));
  return `curl -s '${api.base}/v1/unwrap?include=trackers' -H 'Content-Type: application/json' -d ${quote(json)}`;
}

/** The markup stands in the request already. */
function withoutMarkup(bid: NonNullable<UnwrapRequest['bid']>): object {
  const { adm: _adm, ...rest } = bid as typeof bid & { readonly adm?: unknown };
  return rest;
}

const some = (list: readonly string[]): readonly string[] | null => (list.length > 0 ? list : null);

/** A text as one word of a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
