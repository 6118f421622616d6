import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type CacheRules, readCacheRules } from './cache/cache-rules.ts';
import { createFreshness } from './cache/freshness.ts';
import { createReplyCache } from './cache/reply-cache.ts';
import { type Settings, SettingsError } from './config.ts';
import type { Deadline } from './deadline.ts';
import { createEgress } from './egress/egress.ts';
import { createHosts } from './hosts/hosts.ts';
import type { LogBug } from './http/error-handler.ts';
import { listen, type Listener } from './http/listener.ts';
import type { Metrics } from './http/metrics-route.ts';
import type { TraceRequest } from './http/request-trace.ts';
import { createAdminApp, createPublicApp } from './http/router.ts';
import type { Ports, Trace } from './unwrap/ports.ts';
import type { UnwrapRequest } from './unwrap/request.ts';
import type { UnwrapResult } from './unwrap/result.ts';
import { unwrap } from './unwrap/unwrap.ts';

/** The version of this package. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** The parts that a service is made of. Tests replace some. */
export type ServiceParts = {
  readonly unwrap: (request: UnwrapRequest, deadline: Deadline, trace: Trace) => Promise<UnwrapResult>;
  readonly fireErrors: (urls: readonly string[]) => void;
  readonly admit: () => (() => void) | null;
  readonly traceRequest: TraceRequest;
  readonly hostTable: () => object;
  readonly metrics: () => Promise<Metrics>;
  readonly logBug: LogBug;
};

export type Service = {
  /** Takes both ports. */
  readonly listen: () => Promise<{ readonly public: string; readonly admin: string }>;
  /** From now on `/readyz` is 503; requests are still served. */
  readonly drain: () => void;
  /** Refuses new connections, and settles when every request under way is answered. */
  readonly close: () => Promise<void>;
};

/** What a request under way may take beyond its deadline before its connection is cut at shutdown. */
const CLOSE_MARGIN_MS = 2000;

/** Puts the service together. */
export function createService(settings: Settings, overrides: Partial<ServiceParts> = {}): Service {
  let ready = false;
  let listeners: readonly Listener[] = [];
  const isReady = (): boolean => ready;
  const core = createCore(settings, () => listeners.map(({ port }) => port));
  const parts = { ...createParts(core), ...overrides };
  const publicApp = createPublicApp({ ...parts, limits: settings, version: VERSION, isReady });
  const adminApp = createAdminApp({ ...parts, token: settings.ADMIN_TOKEN, isReady });

  return {
    listen: async () => {
      const admin = await listen(adminApp, settings.ADMIN_HOST, settings.ADMIN_PORT, settings);
      listeners = [admin];
      const open = await listen(publicApp, settings.HOST, settings.PORT, settings);
      listeners = [open, admin];
      ready = true;
      return { public: open.url, admin: admin.url };
    },
    drain: () => {
      ready = false;
    },
    close: async () => {
      ready = false;
      await Promise.all(listeners.map((each) => each.close(settings.TMAX_MAX_MS + CLOSE_MARGIN_MS)));
      core.close();
    },
  };
}

/** Unwrapping with everything outside that it needs, for the service, the command line and the library alike. */
export type Core = Pick<ServiceParts, 'unwrap' | 'fireErrors' | 'hostTable'> & {
  /** Ends all connections and timers. */
  readonly close: () => void;
};

/**
 * @param ownPorts the ports that this process listens on: ad servers are never asked there
 * @throws SettingsError where a file that a setting names cannot be used
 */
export function createCore(settings: Settings, ownPorts: () => readonly number[] = () => []): Core {
  const userAgent = `vast-unwrap/${VERSION}`;
  const egress = createEgress(
    {
      allow: settings.EGRESS_ALLOW,
      ports: settings.EGRESS_PORTS,
      client: settings.EGRESS_CLIENT,
      maxDocumentBytes: settings.MAX_DOCUMENT_BYTES,
      userAgent,
    },
    { ownPorts },
  );
  const rules = cacheRulesOf(settings);
  const cache = createReplyCache({ maxBytes: settings.CACHE_MAX_BYTES, rules }, () => performance.now());
  const ports: Ports = {
    fetch: egress.fetchVast,
    cache: cache.get,
    freshness: createFreshness({ defaultTtlMs: settings.CACHE_DEFAULT_TTL_MS, rules }, Date.now),
    hosts: createHosts(),
    reserveMs: settings.RESERVE_MS,
    forwardTmax: settings.FORWARD_TMAX,
    userAgent,
    now: Date.now,
    random: Math.random,
    uuid: randomUUID,
  };
  return {
    unwrap: (request, deadline, trace) => unwrap(request, deadline, ports, trace),
    fireErrors: (urls) => void egress.fireUrls(urls),
    hostTable: () => ({ window: '5m', hosts: [] }),
    close: egress.close,
  };
}

function cacheRulesOf({ CACHE_RULES }: Settings): CacheRules {
  if (CACHE_RULES === null) return [];
  const read = readCacheRules(CACHE_RULES);
  if (!read.ok) throw new SettingsError(read.mistakes);
  return read.rules;
}

/** A trace that nobody reads. */
export const untraced: Trace = {
  hop: () => ({ link: null, end: () => {} }),
  step: (_name, run) => run(),
  bid: () => ({ trace: untraced, end: () => {} }),
};

function createParts(core: Core): ServiceParts {
  return {
    ...core,
    admit: () => () => {},
    traceRequest: () => ({ traceId: null, traceresponse: null, trace: untraced, end: () => {} }),
    metrics: () => Promise.resolve({ contentType: 'text/plain', text: '' }),
    logBug: () => {},
  };
}
