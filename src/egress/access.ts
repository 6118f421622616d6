import type { Clock } from '../deadline.ts';
import { firstForHost } from '../host-pattern.ts';
import { discloseHeaders } from '../openrtb/disclosure.ts';
import type { HostTerms } from '../unwrap/ports.ts';
import type { EgressRule, EgressRules } from './egress-rules.ts';
import type { Pool } from './pool.ts';
import { createRuleLimits, type RuleLimits } from './rule-limits.ts';
import { identityName, type TlsIdentity } from './tls-identity.ts';

/** How a host is asked that a rule is for. */
export type Access = {
  readonly terms: HostTerms;
  /** The connections that are made with the rule's certificate. */
  readonly pool: Pool;
  /** Takes a place within the limits of the rule, or says which is reached. */
  readonly enter: RuleLimits['enter'];
  /**
   * Headers without what the host is not told, and with those of the rule where nobody on the way reads them: a document
   * may name the host by `http:`.
   */
  readonly headersOf: (
    headers: Readonly<Record<string, string>>,
    isPrivate: boolean,
  ) => Readonly<Record<string, string>>;
};

/** The rules at work. */
export type AccessBook = {
  /** The first rule for a host; undefined where none is. */
  readonly find: (hostname: string) => Access | undefined;
  /** Are there hosts that are not asked without consent? */
  readonly goByConsent: () => boolean;
  /** Takes other rules. Of those that stay as they were, connections and counts stay too. */
  readonly replace: (rules: EgressRules) => void;
  /** The pools that there are beside the usual one. */
  readonly pools: () => Iterable<Pool>;
};

export type AccessBookDeps = {
  /** The connections of rules without a certificate or authority of their own. */
  readonly usual: Pool;
  readonly createPool: (tls: TlsIdentity) => Pool;
  /** The part of each limit that is this process's. */
  readonly share: number;
  readonly clock: Clock;
};

type Row = { readonly host: string; readonly access: Access };

/** A book of rules. */
export function createAccessBook(rules: EgressRules, { usual, createPool, share, clock }: AccessBookDeps): AccessBook {
  let rows: readonly Row[] = [];
  let pools = new Map<string, Pool>();
  let limits = new Map<string, RuleLimits>();
  let byConsent = false;

  const replace = (next: EgressRules): void => {
    const before = { pools, limits };
    pools = new Map();
    limits = new Map();
    rows = next.map((rule) => ({ host: rule.host, access: accessOf(rule, before) }));
    byConsent = next.some(({ askWithoutConsent }) => !askWithoutConsent);
    for (const [name, pool] of before.pools) if (!pools.has(name)) pool.renew();
  };

  const accessOf = (rule: EgressRule, before: { pools: typeof pools; limits: typeof limits }): Access => {
    const { tls, disclosure, askWithoutConsent, headers, withCredentials, host, perSecond, maxInFlight } = rule;
    const isUsual = Object.keys(tls).length === 0;
    const pool = isUsual ? usual : kept(pools, before.pools, identityName(tls), () => createPool(tls));
    const name = JSON.stringify([host, perSecond, maxInFlight]);
    const { enter } = kept(limits, before.limits, name, () => createRuleLimits(rule, share, clock));
    return {
      terms: { disclosure, askWithoutConsent, withCredentials },
      pool,
      enter,
      headersOf: (given, isPrivate) => {
        const disclosed = discloseHeaders(given, disclosure);
        return isPrivate ? { ...withoutThose(disclosed, headers), ...headers } : disclosed;
      },
    };
  };

  replace(rules);
  return {
    find: (hostname) => firstForHost(rows, hostname)?.access,
    goByConsent: () => byConsent,
    replace,
    pools: () => pools.values(),
  };
}

/** The thing of a name: the one that is there now or was before, else a new one. */
function kept<Thing>(
  now: Map<string, Thing>,
  before: ReadonlyMap<string, Thing>,
  name: string,
  make: () => Thing,
): Thing {
  const thing = now.get(name) ?? before.get(name) ?? make();
  now.set(name, thing);
  return thing;
}

/** Without the headers that others name, in whatever case. */
function withoutThose(
  headers: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !Object.hasOwn(others, name.toLowerCase())));
}
