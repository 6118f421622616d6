import type { Clock } from '../deadline.ts';
import type { FetchVast } from '../unwrap/ports.ts';
import { createAgents } from './agents.ts';
import { createBulkhead } from './bulkhead.ts';
import { createGotClient, createNativeClient } from './client.ts';
import { createDnsQuery } from './dns-query.ts';
import { createFetchBytes, type FetchBytes } from './fetch-bytes.ts';
import { createFetchVast } from './fetch-vast.ts';
import { createFireUrls, type FireUrls } from './fire-urls.ts';
import { createPolicy } from './guard.ts';
import { createResolver } from './resolver.ts';
import { createWarmConnections } from './warm-connections.ts';
import { createSendRequest, type SendRequest } from './send-request.ts';

export type EgressSettings = {
  /** IP addresses, CIDR ranges and host names that are let through though private, on any port. */
  readonly allow: readonly string[];
  /** Ports that may be asked otherwise. */
  readonly ports: readonly number[];
  readonly client: 'got' | 'native';
  /** The largest document, in bytes. */
  readonly maxDocumentBytes: number;
  /** Names this service to those it asks. */
  readonly userAgent: string;
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
  readonly clock?: Clock;
};

/** The way out of the service, with everything that it keeps. */
export type Egress = {
  readonly fetchVast: FetchVast;
  readonly fireUrls: FireUrls;
  /** Parts of media files. */
  readonly fetchBytes: FetchBytes;
  /** One request, for those who need more than a document, such as media probes. */
  readonly send: SendRequest;
  /** Requests that are under way. */
  readonly inFlight: () => number;
  /** Kept connections that lie idle. */
  readonly idleSockets: () => number;
  /** Opens a connection to the origin of a host in steady use where it has none; nothing is sent. */
  readonly keepWarm: (origin: string) => void;
  /** Ends all connections and timers; nothing is sent any more. */
  readonly close: () => void;
};

const IN_FLIGHT = { perHost: 64, inAll: 1024 };
const IDLE = { idlePerHost: 16, idleInAll: 512 };

/** Puts the way out together. */
export function createEgress(settings: EgressSettings, overrides: EgressOverrides = {}): Egress {
  const { ownPorts, ownAddresses, nameServers, dnsWaitMs, ca, clock = () => performance.now() } = overrides;
  const policy = createPolicy(settings.allow, settings.ports, ownPorts, ownAddresses);
  const resolver = createResolver(createDnsQuery(policy.isAllowedName, nameServers), {
    clock,
    ...(dnsWaitMs === undefined ? {} : { waitMs: dnsWaitMs }),
  });
  const agents = createAgents({ policy, resolver, ca, ...IDLE });
  const warm = createWarmConnections(agents.http, agents.https, ca, clock);
  const freshAgents = createAgents({ policy, resolver, ca, idlePerHost: 0, idleInAll: 0 });
  const createClient = settings.client === 'native' ? createNativeClient : createGotClient;
  const bulkhead = createBulkhead(IN_FLIGHT.perHost, IN_FLIGHT.inAll);
  let isClosed = false;
  const send = createSendRequest({
    policy,
    bulkhead,
    client: createClient(agents),
    freshClient: createClient(freshAgents),
    touch: resolver.touch,
    isClosed: () => isClosed,
    clock,
  });
  return {
    fetchVast: createFetchVast({ maxBytes: settings.maxDocumentBytes, userAgent: settings.userAgent }, send),
    fireUrls: createFireUrls({ userAgent: settings.userAgent }, send),
    fetchBytes: createFetchBytes(settings.userAgent, send),
    send,
    inFlight: bulkhead.inFlight,
    idleSockets: agents.idle,
    keepWarm: (origin) => {
      if (!isClosed) warm.keepWarm(origin);
    },
    close: () => {
      isClosed = true;
      warm.close();
      agents.close();
      freshAgents.close();
      resolver.close();
    },
  };
}
