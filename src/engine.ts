import { randomUUID } from 'node:crypto';
import { getHeapStatistics } from 'node:v8';
import type { NoteConnection } from './cache/cache-client.ts';
import type { CacheRules } from './cache/cache-rules.ts';
import { createFreshness } from './cache/freshness.ts';
import { CONCLUSIONS_SHARE, type ConclusionStats, createConclusionMemory } from './cache/conclusion-memory.ts';
import { createReplyCache, type ReplyCacheStats } from './cache/reply-cache.ts';
import { createSeenCreatives } from './cache/seen-creatives.ts';
import { createSharedCache, type SharedCache, sharedFor } from './cache/shared-cache.ts';
import type { Settings } from './config.ts';
import type { Clock, Deadline } from './deadline.ts';
import { createEgress } from './egress/egress.ts';
import { type HostQuery, SORTS } from './hosts/host-table.ts';
import { createHosts } from './hosts/hosts.ts';
import { type LoadedSettings, readSettingFiles, type SettingFiles } from './loaded-settings.ts';
import type { SharedRuns } from './admin/debug-store.ts';
import type { HostReports } from './http/hosts-route.ts';
import { createMedia } from './media/media.ts';
import { createDocumentBudget } from './overload/document-budget.ts';
import { createReserve } from './overload/reserve.ts';
import { createUrgentFirst } from './overload/urgent-first.ts';
import { createOwnDelay } from './own-delay.ts';
import { type CreativeSettings, type Ports, untraced } from './unwrap/ports.ts';
import type { Unwrap, UnwrapRequest } from './unwrap/request.ts';
import { unwrap } from './unwrap/unwrap.ts';
import { createWarming, type Warming } from './warming/warming.ts';
import { readUnwrapRequest } from './http/unwrap-request.ts';
import type { Severities } from './validation/severities.ts';
import type { ValidationSettings } from './validation/report.ts';
import { VERSION } from './version.ts';
import { SETTINGS } from './settings-table.ts';

/** Hosts that are remembered: more than are named in metrics, at about 140 KB for one that is busy all the time. */
export const MAX_HOSTS = 300;
/** The requests that one tag may have under way at a host. */
const ONE_TAG = SETTINGS.MAX_FETCHES.default;
/** How often hosts in steady use are looked at for a connection that is kept. */
const WARM_EVERY_MS = 1000;
/** How long an answer about a creative may take, in ms: nobody waits for it. */
const SEEN_PATIENCE_MS = 100;
const clock: Clock = () => performance.now();

/** Unwrapping with everything outside that it needs, for the service, the command line and the library alike. */
export type Engine = {
  readonly unwrap: Unwrap;
  readonly fireErrors: (urls: readonly string[]) => void;
  readonly validation: ValidationSettings;
  readonly creatives: CreativeSettings;
  readonly hostReports: HostReports;
  readonly sharedRuns: SharedRuns | null;
  readonly probe: Ports['probe'];
  /** Sends a value to a webhook; says whether it was taken. Never rejects. */
  readonly postJson: (url: string, value: unknown, deadline: Deadline) => Promise<boolean>;
  readonly cacheStats: () => ReplyCacheStats & { readonly conclusions: ConclusionStats };
  /** Hosts that are left alone for failing. */
  readonly openBreakers: () => number;
  /** Error URLs that were not fired. */
  readonly pixelsDropped: () => number;
  /** What the documents of requests under way weigh, in bytes. */
  readonly documentsHeld: () => number;
  /** Makes connections, names and media verdicts ready before they are needed. */
  readonly warm: Warming['begin'];
  /** Goes by other settings from now on, as far as they are `RELOADED`. */
  readonly reload: (loaded: LoadedSettings) => void;
  /** Ends all connections and timers. */
  readonly close: () => void;
};

/** What an engine knows of the process that it is in. */
export type Surroundings = {
  /** The ports that this process listens on: ad servers are never asked there. */
  readonly ownPorts?: () => readonly number[];
  /** Is there more to do than can be done? Then nothing is done for which nobody waits. */
  readonly isOverloaded?: () => boolean;
  /** What stands in the files that settings name, where it was read already. */
  readonly files?: SettingFiles;
  /** Told when the connection to the shared cache is lost, and when it is there. */
  readonly noteSharedCache?: NoteConnection | undefined;
};

/** @throws SettingsError where a file that a setting names cannot be used */
export function createEngine(settings: Settings, surroundings: Surroundings = {}): Engine {
  const { ownPorts = () => [], isOverloaded = () => false } = surroundings;
  let { files = readSettingFiles(settings) } = surroundings;
  const userAgent = `vast-unwrap/${VERSION}`;
  const ownDelay = createOwnDelay(clock);
  const hostSettings = { maxHosts: MAX_HOSTS, skipHopeless: settings.SKIP_HOPELESS };
  const hosts = createHosts(hostSettings, clock, Date.now, Math.random);
  const egress = createEgress(
    {
      allow: settings.EGRESS_ALLOW,
      ports: settings.EGRESS_PORTS,
      client: settings.EGRESS_CLIENT,
      maxDocumentBytes: settings.MAX_DOCUMENT_BYTES,
      maxPerHost: Math.max(ONE_TAG, Math.floor(settings.HOST_MAX_INFLIGHT_SHARE * settings.MAX_INFLIGHT)),
      maxPixels: { perRequest: settings.FIRE_MAX_PER_REQUEST, perHost: settings.FIRE_MAX_PER_HOST },
      userAgent,
      rules: files.egressRules,
      limitShare: 1 / settings.WORKERS,
    },
    { ownPorts, isHanging: hosts.isHanging, isLeftAlone: hosts.isLeftAlone, ownDelay },
  );
  const rules = (): CacheRules => files.cacheRules;
  const creatives = { mediaUrls: files.mediaUrls };
  const validation: { severities: Severities } = { severities: files.severities };
  const shared = sharedCacheOf(settings, files, surroundings.noteSharedCache);
  const seen = createSeenCreatives(shared && sharedFor(shared, 'creative', SEEN_PATIENCE_MS));
  const forConclusions = settings.CACHE_MAX_BYTES * CONCLUSIONS_SHARE;
  const conclusions = createConclusionMemory(forConclusions);
  const cache = createReplyCache({ maxBytes: settings.CACHE_MAX_BYTES - forConclusions, rules }, clock, shared);
  const keepWarm = (): void => hosts.busyOrigins().forEach(egress.keepWarm);
  const keepingWarm = settings.WARM_CONNECTIONS ? setInterval(keepWarm, WARM_EVERY_MS).unref() : undefined;
  const media = createMedia(
    {
      ttlMs: settings.MEDIA_VERDICT_TTL_MS,
      timeoutMs: settings.PROBE_TIMEOUT_MS,
      perSecond: settings.PROBE_PER_SECOND,
      maxInFlight: settings.PROBE_MAX_INFLIGHT,
      maxPerHost: settings.PROBE_MAX_PER_HOST,
    },
    {
      fetchBytes: egress.fetchBytes,
      hosts,
      shared: shared && sharedFor(shared, 'media'),
      isOverloaded,
      ownDelay,
      clock,
    },
  );
  const budget = createDocumentBudget(getHeapStatistics().heap_size_limit, settings.CACHE_MAX_BYTES);
  const urgentFirst = createUrgentFirst(clock);
  const ports: Ports = {
    // what follows from a reply is one task of the loop: it waits for its turn
    fetch: async (request, deadline, take) => {
      const came = await egress.fetchVast(request, deadline, take);
      await urgentFirst(deadline);
      return came;
    },
    terms: egress.terms,
    cache: cache.get,
    conclusions,
    freshness: createFreshness({ defaultTtlMs: settings.CACHE_DEFAULT_TTL_MS, rules }, Date.now),
    hosts,
    probe: media.look,
    ownDelay,
    takeMemory: budget.take,
    reserve: createReserve(settings.RESERVE_MS, clock),
    forwardTmax: settings.FORWARD_TMAX,
    creatives,
    seen,
    validation,
    userAgent,
    now: Date.now,
    random: Math.random,
    uuid: randomUUID,
  };
  const warming = createWarming({
    ...egress,
    connect: egress.connectAhead,
    probe: media.look,
    unwrap: (tag, deadline, trace) => unwrap(warmRequest(tag, settings), deadline, ports, trace, 'rejection'),
    trace: untraced,
    isOverloaded,
  });
  return {
    unwrap: async (request, deadline, trace, findings) => {
      // to read a document that came with the request is one too
      if ('adm' in request.input) await urgentFirst(deadline);
      return unwrap(request, deadline, ports, trace, findings);
    },
    warm: warming.begin,
    fireErrors: (urls) => void egress.fireUrls(urls),
    probe: media.look,
    validation,
    creatives,
    // the route lets no other `sort` through
    hostReports: { report: (query) => hosts.report(query as HostQuery), sorts: SORTS },
    sharedRuns: shared && sharedFor(shared, 'debug-run', Infinity),
    cacheStats: () => ({ ...cache.stats(), conclusions: conclusions.stats() }),
    openBreakers: hosts.openBreakers,
    postJson: egress.postJson,
    pixelsDropped: egress.pixelsDropped,
    documentsHeld: budget.held,
    reload: (loaded) => {
      files = loaded.files;
      validation.severities = files.severities;
      creatives.mediaUrls = files.mediaUrls;
      conclusions.clear();
      egress.setLists({ allow: loaded.settings.EGRESS_ALLOW, ports: loaded.settings.EGRESS_PORTS });
      egress.setRules(files.egressRules);
    },
    close: () => {
      clearInterval(keepingWarm);
      warming.close();
      media.close();
      shared?.close();
      egress.close();
    },
  };
}

function sharedCacheOf(settings: Settings, files: SettingFiles, note?: NoteConnection): SharedCache | null {
  if (settings.CACHE_URL === null) return null;
  const server = {
    url: settings.CACHE_URL,
    user: settings.CACHE_USER,
    password: settings.CACHE_PASSWORD,
    sentinelPassword: settings.CACHE_SENTINEL_PASSWORD,
    tls: files.cacheTls,
    prefix: settings.CACHE_PREFIX,
    secret: settings.CACHE_SECRET,
  };
  return createSharedCache(server, clock, Date.now, Math.random, note);
}

/** A tag that is asked for with nobody to show its ad to. */
function warmRequest(tag: string, settings: Settings): UnwrapRequest {
  const input = tag.startsWith('<') ? { adm: tag } : { url: tag };
  return readUnwrapRequest({ json: { ...input, options: { probe: 'wait' } } }, settings).request;
}
