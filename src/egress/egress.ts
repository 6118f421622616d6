import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../deadline.ts';
import { createOwnDelay, type OwnDelay } from '../own-delay.ts';
import type { FetchVast, Terms } from '../unwrap/ports.ts';
import { createAccessBook } from './access.ts';
import { createBulkhead } from './bulkhead.ts';
import { createDnsQuery } from './dns-query.ts';
import type { EgressRules } from './egress-rules.ts';
import { createFetchBytes, type FetchBytes } from './fetch-bytes.ts';
import { createFetchVast } from './fetch-vast.ts';
import { createFireUrls, type FireUrls } from './fire-urls.ts';
import { checkUrl, createPolicy, type EgressPolicy } from './guard.ts';
import { createPostJson, type PostJson } from './post-json.ts';
import { createPool, type Pool } from './pool.ts';
import { createResolver } from './resolver.ts';
import { createSendRequest, type SendRequest, type SendRequestDeps } from './send-request.ts';
import type { TlsIdentity } from './tls-identity.ts';

export type EgressLists = {
  /** IP addresses, CIDR ranges and host names that are let through though private, on any port. */
  readonly allow: readonly string[];
  /** Ports that may be asked otherwise. */
  readonly ports: readonly number[];
};

export type EgressSettings = EgressLists & {
  /** The client of hops, for which an auction waits; what nobody waits for goes by got. */
  readonly client: 'got' | 'native';
  /** The largest document, in bytes. */
  readonly maxDocumentBytes: number;
  /** Requests that may be under way at one host that answers well; 64 by default. */
  readonly maxPerHost?: number;
  /** Error URLs that one request may cause to be fired; by default those of the settings. */
  readonly maxPixels?: { readonly perRequest: number; readonly perHost: number };
  /** Names this service to those it asks. */
  readonly userAgent: string;
  /** How single hosts are asked; by default all alike. */
  readonly rules?: EgressRules;
  /** The part of their limits that is this process's. */
  readonly limitShare?: number;
};

export type EgressOverrides = {
  /** The ports that this service listens on itself; asked each time, since they may be known only later. */
  readonly ownPorts?: () => readonly number[];
  /** Addresses of this machine; those of its interfaces by default. */
  readonly ownAddresses?: readonly string[];
  /** Name servers, `address` or `address:port`; those of the machine by default. */
  readonly nameServers?: readonly string[];
  /** How long a name may take to be resolved, in ms; 30 by default. */
  readonly dnsWaitMs?: number;
  /** Certificate authorities in place of the usual ones, PEM. */
  readonly ca?: string;
  /** Was this the end of a request to a host that hangs? Any time-out is, by default. */
  readonly isHanging?: SendRequestDeps['isHanging'];
  /** Is a host not to be asked now, since it failed too often? No host is, by default. */
  readonly isLeftAlone?: (host: string) => boolean;
  readonly ownDelay?: OwnDelay;
  readonly clock?: Clock;
};

/** The way out of the service, with everything that it keeps. */
export type Egress = {
  readonly fetchVast: FetchVast;
  readonly fireUrls: FireUrls;
  /** URLs that were to be fired and were not: over a limit, or their host is left alone. */
  readonly pixelsDropped: () => number;
  /** Parts of media files. */
  readonly fetchBytes: FetchBytes;
  /** Webhooks. */
  readonly postJson: PostJson;
  /** One request as hops send it, for those who need more than a document. */
  readonly send: SendRequest;
  /** What the rules say of hosts. */
  readonly terms: Terms;
  /** Takes other rules from now on; what is under way goes on by those that it began with. */
  readonly setRules: (rules: EgressRules) => void;
  /** Requests that are under way. */
  readonly inFlight: () => number;
  /** Kept connections that lie idle. */
  readonly idleSockets: () => number;
  /** Opens a connection to the origin of a host in steady use where it has none; nothing is sent. */
  readonly keepWarm: (origin: string) => void;
  /** The same for a connection that somebody asked for; false where a limit of a rule does not let it. */
  readonly connectAhead: (origin: string) => boolean;
  /** Why the guard would refuse a URL, as far as can be known without resolving its name; null where it would not. */
  readonly refusalOf: (url: string) => string | null;
  /** Goes by other lists from now on. Where they differ, no connection of before is used again. */
  readonly setLists: (lists: EgressLists) => void;
  /** Ends all connections and timers; nothing is sent any more. */
  readonly close: () => void;
};

/** Requests under way to all hosts together, at least: each of those that are unwrapped may ask several at once. */
const IN_ALL = 1024;
const IN_ALL_PER_HOST = 4;

/** Puts the way out together. */
export function createEgress(settings: EgressSettings, overrides: EgressOverrides = {}): Egress {
  const { ownPorts, ownAddresses, nameServers, dnsWaitMs, ca, clock = () => performance.now() } = overrides;
  const { isHanging = ({ error }) => error === 'timeout', ownDelay = createOwnDelay(clock) } = overrides;
  const { maxPerHost = 64 } = settings;
  const policyOf = ({ allow, ports }: EgressLists): EgressPolicy => createPolicy(allow, ports, ownPorts, ownAddresses);
  let lists: EgressLists = settings;
  const policy = policyOf(lists);
  const isAllowedName: EgressPolicy['isAllowedName'] = (name) => policy.isAllowedName(name);
  const resolver = createResolver(createDnsQuery(isAllowedName, nameServers), {
    clock,
    ...(dnsWaitMs === undefined ? {} : { waitMs: dnsWaitMs }),
  });
  const poolOf = (tls: TlsIdentity): Pool =>
    createPool(policy, resolver, { ...(ca === undefined ? {} : { ca }), ...tls }, clock);
  const pool = poolOf({});
  const { rules = [], limitShare = 1 } = settings;
  const access = createAccessBook(rules, { usual: pool, createPool: poolOf, share: limitShare, clock });
  const bulkhead = createBulkhead({ perHost: maxPerHost, inAll: Math.max(IN_ALL, maxPerHost * IN_ALL_PER_HOST) });
  const pools = (): readonly Pool[] => [pool, ...access.pools()];
  let isClosed = false;
  const sendBy = (client: 'native' | 'got'): SendRequest =>
    createSendRequest({
      policy,
      bulkhead,
      pool,
      client,
      accessTo: access.find,
      touch: resolver.touch,
      isClosed: () => isClosed,
      isHanging,
      ownDelay,
      clock,
    });
  const sendInBackground = sendBy('got');
  const send = settings.client === 'got' ? sendInBackground : sendBy('native');
  const { maxPixels = { perRequest: 40, perHost: 10 } } = settings;
  const pixels = createFireUrls(
    { userAgent: settings.userAgent, maxPerRequest: maxPixels.perRequest, maxPerHost: maxPixels.perHost },
    sendInBackground,
    overrides.isLeftAlone,
  );
  const keepWarm = (origin: string): void => {
    if (!isClosed) (access.find(new URL(origin).hostname)?.pool ?? pool).keepWarm(origin);
  };
  return {
    fetchVast: createFetchVast({ maxBytes: settings.maxDocumentBytes, userAgent: settings.userAgent }, send),
    fireUrls: pixels.fire,
    pixelsDropped: pixels.dropped,
    fetchBytes: createFetchBytes(settings.userAgent, sendInBackground),
    postJson: createPostJson(settings.userAgent, sendInBackground),
    send,
    inFlight: bulkhead.inFlight,
    terms: { of: (hostname) => access.find(hostname)?.terms, goByConsent: access.goByConsent },
    setRules: access.replace,
    idleSockets: () => pools().reduce((sum, each) => sum + each.idle(), 0),
    keepWarm,
    connectAhead: (origin) => {
      const leave = access.find(new URL(origin).hostname)?.enter();
      if (typeof leave === 'string') return false;
      keepWarm(origin);
      leave?.();
      return true;
    },
    refusalOf: (url) => {
      const verdict = checkUrl(url, policy);
      return verdict.ok ? null : `the egress guard refuses it (${verdict.blocked ?? 'no URL'})`;
    },
    setLists: (next) => {
      if (isDeepStrictEqual([next.allow, next.ports], [lists.allow, lists.ports])) return;
      lists = next;
      // in place: whoever judges holds this object
      Object.assign(policy, policyOf(next));
      for (const each of pools()) each.renew();
    },
    close: () => {
      isClosed = true;
      for (const each of pools()) each.close();
      resolver.close();
    },
  };
}
