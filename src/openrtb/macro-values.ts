import type { App, Device, Imp, Regs, Site, Source, User, VideoImp } from './objects.ts';
import { addressOf, consentOf, gdprApplies, readPrivacy } from './privacy.ts';

export type MacroValue = string | number | readonly (string | number)[];
export type MacroValues = ReadonlyMap<string, MacroValue>;

/** What is known of a request; an UnwrapRequest has all of it. */
export type MacroSource = {
  readonly imp: Imp | null;
  readonly device: Device | null;
  readonly regs: Regs | null;
  readonly user: User | null;
  readonly site: Site | null;
  readonly app: App | null;
  readonly source: Source | null;
  /** The caller's own values: they win. */
  readonly macros: Readonly<Record<string, MacroValue>>;
};

const WITHHELD = -2;
const NOT_APPLICABLE = 0;

/** `video.placement` has the numbers of PLACEMENTTYPE; of `video.plcmt` only these mean the same. */
const PLACEMENT_OF_PLCMT: Readonly<Record<number, number>> = { 1: 1, 3: 5 };
/** INVENTORYSTATE by `video.playbackmethod`: started by itself, with sound or muted. */
const AUTOPLAY: Readonly<Record<number, string>> = {
  1: 'autoplayed',
  2: 'mautoplayed',
  5: 'autoplayed',
  6: 'mautoplayed',
};

/**
 * The values of ad tag macros that are the same for a whole chain, by name; what is not known is missing.
 * @param transactionId a UUID, used where the request has no `source.tid`
 * @param serverUserAgent how this service names itself, `name/version (URL)`
 */
export function chainMacroValues(request: MacroSource, transactionId: string, serverUserAgent: string): MacroValues {
  const { imp, regs, source } = request;
  const found: Readonly<Record<string, MacroValue | null | undefined>> = {
    TRANSACTIONID: source?.tid || transactionId,
    SERVERUA: serverUserAgent,
    SERVERSIDE: 1,
    ...ofImp(imp),
    ...ofDevice(request),
    ...ofPublisher(request.site, request.app),
    ...ofRegulations(regs, request.user),
    OMIDPARTNER: source?.ext?.omidpn && `${source.ext.omidpn}/${source.ext.omidpv ?? ''}`,
    ...request.macros,
  };
  const values = new Map<string, MacroValue>();
  for (const [name, value] of Object.entries(found)) {
    if (isKnown(value)) values.set(name, value);
  }
  return values;
}

function isKnown(value: MacroValue | null | undefined): value is MacroValue {
  return typeof value === 'number' || (value?.length ?? 0) > 0;
}

/**
 * The values for one hop: those of the chain, and what is fresh for every request. The caller's own still win.
 * @param now wall clock, in ms since the epoch
 * @param random a number from 0 up to 1
 * @param blockedCategories what the caller and the wrappers so far block
 */
export function hopMacroValues(
  chain: MacroValues,
  { now, random, blockedCategories }: { now: number; random: number; blockedCategories: readonly string[] },
): MacroValues {
  const fresh: readonly (readonly [string, MacroValue])[] = [
    ['TIMESTAMP', new Date(now).toISOString().replace('Z', '+00:00')],
    ['CACHEBUSTING', String(Math.floor(random * 1e8)).padStart(8, '0')],
    ['BLOCKEDADCATEGORIES', [...new Set(blockedCategories)]],
  ];
  return new Map([...fresh, ...chain]);
}

function ofImp(imp: Imp | null) {
  const video: VideoImp | undefined = imp?.video ?? imp?.audio;
  if (video === undefined) return {};
  const { startdelay, rqddurs = [], minduration, maxduration, poddur, playbackmethod = [] } = video;
  const ads = video.maxseq ?? (poddur === undefined ? 1 : undefined);
  return {
    ADTYPE: imp?.video === undefined ? 'audio' : imp.audio === undefined ? 'video' : 'hybrid',
    BREAKPOSITION: startdelay === undefined ? null : breakPosition(startdelay),
    CONTENTPLAYHEAD: startdelay === undefined || startdelay < 0 ? null : timecode(startdelay),
    PLACEMENTTYPE: video.placement ?? PLACEMENT_OF_PLCMT[video.plcmt ?? 0],
    ADCOUNT: ads,
    BREAKMAXADS: ads,
    BREAKMAXDURATION: poddur ?? maxduration,
    BREAKMINADLENGTH: rqddurs.length === 0 ? minduration : Math.min(...rqddurs),
    BREAKMAXADLENGTH: rqddurs.length === 0 ? maxduration : Math.max(...rqddurs),
    VASTVERSIONS: video.protocols,
    APIFRAMEWORKS: video.api,
    MEDIAMIME: video.mimes,
    PLAYERSIZE: video.w === undefined || video.h === undefined ? null : [video.w, video.h],
    PLAYBACKMETHODS: playbackmethod[0],
    INVENTORYSTATE: [video.skip === 1 ? 'skippable' : [], AUTOPLAY[playbackmethod[0] ?? 0] ?? []].flat(),
  };
}

function ofDevice(request: MacroSource) {
  const { device } = request;
  const privacy = readPrivacy(request);
  const { lat, lon } = device?.geo ?? {};
  const unlessRestricted = <T>(value: T): T | number => (privacy.restricted ? WITHHELD : value);
  return {
    IFA: unlessRestricted(device?.ifa),
    IFATYPE: unlessRestricted(device?.ext?.ifa_type),
    LATLONG: unlessRestricted(lat === undefined || lon === undefined ? null : [lat, lon]),
    DEVICEIP: addressOf(device, privacy),
    DEVICEUA: device?.ua,
    LIMITADTRACKING: device?.lmt,
  };
}

function ofPublisher(site: Site | null, app: App | null) {
  const content = site?.content ?? app?.content;
  const onlyInApps = app === null && site !== null ? NOT_APPLICABLE : null;
  return {
    DOMAIN: site?.domain ?? app?.domain,
    PAGEURL: site?.page ?? (app !== null && site === null ? NOT_APPLICABLE : null),
    APPBUNDLE: app?.bundle ?? onlyInApps,
    STOREID: app?.bundle ?? onlyInApps,
    STOREURL: app?.storeurl ?? onlyInApps,
    CONTENTID: content?.id === undefined ? null : `unknown ${content.id}`,
    CONTENTURI: content?.url,
    CONTENTCAT: content?.cat,
  };
}

function ofRegulations(regs: Regs | null, user: User | null) {
  const gdpr = gdprApplies(regs);
  const regulations = [regs?.coppa === 1 ? 'coppa' : [], gdpr === true ? 'gdpr' : []].flat();
  const dsa = regs?.ext?.dsa;
  return {
    REGULATIONS: regulations.length === 0 && regs !== null ? NOT_APPLICABLE : regulations,
    GDPRCONSENT: consentOf(user) ?? (gdpr === false ? NOT_APPLICABLE : null),
    GPPSTRING: regs?.gpp,
    GPPSECTIONID: regs?.gpp_sid,
    DSAREQUIRED: dsa?.dsarequired,
    DSAPUBRENDER: dsa?.pubrender,
    DSAPARAMS: [...new Set(dsa?.transparency?.flatMap(({ dsaparams = [] }) => dsaparams))],
  };
}

/** 1 before, 2 within and 3 after the content, from `startdelay` [OpenRTB 2.6, list Start Delay Modes]. */
function breakPosition(startdelay: number): number {
  if (startdelay === 0) return 1;
  return startdelay === -2 ? 3 : 2;
}

/** Seconds as `HH:MM:SS.mmm`. */
function timecode(seconds: number): string {
  const part = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0');
  return `${part(seconds / 3600, 2)}:${part((seconds / 60) % 60, 2)}:${part(seconds % 60, 2)}.${part((seconds * 1000) % 1000, 3)}`;
}
