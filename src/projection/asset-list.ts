import { listTrackers } from '../merge/tracker-list.ts';
import type { Tracker } from '../merge/tracker.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { adIdsOf, clickThroughsOf, mediaFilesOf } from '../vast/ad-media.ts';
import type { InLine } from '../vast/ad.ts';
import { summarizeAd, type AdSummary } from '../vast/ad-summary.ts';
import { linearsOf, verificationsOf, type MediaFile } from '../vast/creative.ts';
import { readDocument } from '../vast/document.ts';
import { child, children, type Element } from '../vast/element.ts';
import { formatOf } from '../vast/media-type.ts';
import { offsetSeconds, parseOffset } from '../vast/time.ts';
import { urlsOf } from '../vast/urls-of.ts';
import { judgeAds, shownFiles, type AdFacts, type JudgedAd, type SkipReason, type TimeLimits } from './ad-verdict.ts';
import { misfitOf } from './misfit.ts';
import { PROFILES, type Profile } from './profile.ts';

/** A tracking event of SVTA2053-1, version 2 of its payload: without an offset it happens when its type says. */
export type TrackingEvent = { readonly type: string; readonly offset?: number; readonly urls: readonly string[] };

/** What a player is told of one ad [SVTA2053-1, 4]. Times in seconds. */
export type AdSlot = {
  readonly type: 'linear';
  readonly start: number;
  readonly duration: number;
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
  readonly tracking: readonly TrackingEvent[];
  readonly verifications?: readonly {
    readonly vendor: string;
    readonly resource: string;
    readonly parameters?: string;
  }[];
  readonly skipOffset?: number;
  readonly clickThrough?: string;
};

/** One entry of an asset list [draft-pantos-hls-rfc8216bis, Appendix D.2]. */
export type Asset = {
  readonly URI: string;
  /** Seconds */
  readonly DURATION: number;
  readonly 'X-AD-CREATIVE-SIGNALING': {
    readonly version: 2;
    readonly type: 'slot';
    readonly payload: readonly [AdSlot];
  };
};

export type SlotVerdict = { readonly usable: boolean; readonly skipReason: SkipReason | null };

/** What became of one ad. */
export type AssetReport = SlotVerdict & {
  readonly id: string | null;
  /** Its place in ASSETS; null where it was skipped. */
  readonly asset: number | null;
  /** The same for each device that has a name. */
  readonly verdicts: Readonly<Record<string, SlotVerdict>>;
  /** Trackers that such a list has no place for, by event: those of icons, companions and overlays. */
  readonly untold: Readonly<Record<string, number>>;
};

export type AssetList = { readonly assets: readonly Asset[]; readonly ads: readonly AssetReport[] };

/** What is stitched into a stream: playlists, and films that they can be made of. */
const STITCHED = [
  'application/vnd.apple.mpegurl',
  'video/mp4',
  'video/quicktime',
  'video/mp2t',
  'audio/mp4',
  'audio/mpeg',
  'audio/aac',
];
const HLS = STITCHED[0]!;

/** A profile for what is stitched: no scripts, no pages, no pictures. */
function stitched(profile: Profile): Profile {
  const types = STITCHED.filter((type) => profile.types?.some((each) => formatOf(each) === type) ?? true);
  return { ...profile, types, apis: [] };
}

/**
 * The ads of a resolved document as an HLS asset list, in the order of the pod. `facts` are what is known of them beside
 * the document, in that order; `profile` is the device that is stitched for, null for any.
 */
export function assetListOf(
  adm: string,
  facts: readonly AdFacts[],
  media: readonly MediaVerdict[],
  profile: Profile | null,
  limits: TimeLimits = {},
): AssetList {
  const read = readDocument(adm);
  const inLines = read.ok ? read.document.ads.filter((ad): ad is InLine => ad.kind === 'inline') : [];
  const verdicts = new Map(media.map((each) => [each.url, each]));
  const wanted = stitched(profile ?? {});
  const ads = inLines
    .toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    .map((inLine, index) => {
      const summary = summarizeAd(inLine);
      const files = shownFiles(inLine.body).map(withUsableUrl);
      const file = chosenFile(files.slice(0, mediaFilesOf(inLine.body).length), wanted, verdicts);
      const durationSec = summary.durationSec ?? verdicts.get(file?.url ?? '')?.durationSec ?? null;
      const isUnknown = summary.format !== 'linear' || !durationSec;
      const judged: JudgedAd = { body: inLine.body, files, summary: { ...facts[index], durationSec }, isUnknown };
      return { inLine, summary, file, durationSec, judged };
    });
  const verdictsBy = (by: Profile): readonly SlotVerdict[] =>
    judgeAds(
      ads.map(({ judged }) => judged),
      by,
      media,
      limits,
    ).map(({ usable, skipReason }) => ({ usable, skipReason }));
  const own = verdictsBy(wanted);
  const named = Object.entries(PROFILES).map(([name, each]) => [name, verdictsBy(stitched(each))] as const);
  const assets: Asset[] = [];
  const reports = ads.map(({ inLine, summary, file, durationSec, judged }, index): AssetReport => {
    const verdict = own[index]!;
    const trackers = listTrackers(inLine.body, 0);
    if (verdict.usable) assets.push(assetOf(inLine.body, summary, file!.url, durationSec!, trackers, judged.summary));
    return {
      id: summary.id,
      ...verdict,
      asset: verdict.usable ? assets.length - 1 : null,
      verdicts: Object.fromEntries(named.map(([name, of]) => [name, of[index]!])),
      untold: countUntold(trackers),
    };
  });
  return { assets, ads: reports };
}

/**
 * A list is fetched by servers that stitch: `file:` and the like would have them read files of their own, and what is
 * relative would stand against the address of the list.
 */
const withUsableUrl = (file: MediaFile): MediaFile =>
  /^https?:\/\//i.test(file.url) && URL.canParse(file.url) ? file : { ...file, url: '' };

/** The file to stitch: a playlist before a film, the best of those that fit. */
function chosenFile(
  mediaFiles: readonly MediaFile[],
  profile: Profile,
  verdicts: ReadonlyMap<string, MediaVerdict>,
): MediaFile | undefined {
  const files = mediaFiles.filter((file) => misfitOf(file, profile, verdicts.get(file.url)) === null);
  const isPlaylist = ({ type }: MediaFile): boolean => formatOf(type ?? '') === HLS;
  const worth = (file: MediaFile): number =>
    isPlaylist(file) ? Infinity : (file.height ?? 0) * 1e6 + (file.bitrate ?? 0);
  return files.reduce<MediaFile | undefined>(
    (best, each) => (best === undefined || worth(each) > worth(best) ? each : best),
    undefined,
  );
}

function assetOf(
  body: Element,
  summary: AdSummary,
  uri: string,
  duration: number,
  trackers: readonly Tracker[],
  facts: AdFacts,
): Asset {
  const linear = linearsOf(body)[0]!;
  const skip = parseOffset(linear.attributes.get('skipoffset') ?? '');
  const skipOffset = skip === null ? null : offsetSeconds(skip, duration);
  const clickThrough = clickThroughsOf(body).find(({ text }) => text !== '')?.text;
  const verifications = verificationsOf(body).flatMap(verificationResources);
  const slot: AdSlot = {
    type: 'linear',
    start: 0,
    duration,
    identifiers: identifiersOf(body, summary, facts),
    tracking: trackingOf(trackers, duration),
    ...(verifications.length > 0 && { verifications }),
    ...(skipOffset !== null && { skipOffset }),
    ...(clickThrough !== undefined && { clickThrough }),
  };
  return { URI: uri, DURATION: duration, 'X-AD-CREATIVE-SIGNALING': { version: 2, type: 'slot', payload: [slot] } };
}

/** The scheme of Ad-ID [SMPTE RP 2092-1]; other registries are named as they are. */
const AD_ID = 'urn:smpte:ul:060E2B34.01040101.01200900.00000000';

/** Who the creative is: its registered ids, else what it is known by here, else the id that its ad server gave the ad. */
function identifiersOf(body: Element, { id, adServingId }: AdSummary, { creativeKey }: AdFacts): AdSlot['identifiers'] {
  const registered = adIdsOf(body)
    .filter(({ idRegistry, value }) =>
      [idRegistry ?? '', value].every((each) => each !== '' && !/^unknown$/i.test(each)),
    )
    .map(({ idRegistry, value }) => ({
      scheme: /^(?:www\.)?ad-?id(?:\.org)?$/i.test(idRegistry!) ? AD_ID : idRegistry!,
      value,
    }));
  if (registered.length > 0) return registered;
  if (creativeKey) return [{ scheme: creativeKey.scheme, value: creativeKey.value }];
  const own = id ?? adServingId;
  return own === null ? [] : [{ scheme: 'ad', value: own }];
}

const LINEAR = 'linear.';
const CLICK_THROUGH = 'linear.clickThrough';

/** The type of an event in such a list: the name that VAST has for it; null where the list has no place for it. */
function typeOf(event: string): string | null {
  if (event === CLICK_THROUGH) return null;
  if (event.startsWith(LINEAR)) return event.slice(LINEAR.length);
  return event.includes('.') ? null : event;
}

function trackingOf(trackers: readonly Tracker[], duration: number): readonly TrackingEvent[] {
  const events = new Map<string, { type: string; offset: number | null; urls: string[] }>();
  for (const { event, offset, url } of trackers) {
    const type = typeOf(event);
    if (type === null) continue;
    const parsed = offset === null ? null : parseOffset(offset);
    const at = parsed === null ? null : offsetSeconds(parsed, duration);
    const key = `${type} ${at}`;
    const found = events.get(key);
    if (found === undefined) events.set(key, { type, offset: at, urls: [url] });
    else found.urls.push(url);
  }
  return [...events.values()].map(({ type, offset, urls }) => ({ type, ...(offset !== null && { offset }), urls }));
}

function countUntold(trackers: readonly Tracker[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { event } of trackers)
    if (typeOf(event) === null && event !== CLICK_THROUGH) counts.set(event, (counts.get(event) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function verificationResources(verification: Element): NonNullable<AdSlot['verifications']> {
  const parameters = child(verification, 'VerificationParameters')?.text ?? '';
  const vendor = verification.attributes.get('vendor') ?? '';
  return children(verification, 'JavaScriptResource')
    .flatMap(urlsOf)
    .map((resource) => ({ vendor, resource, ...(parameters !== '' && { parameters }) }));
}
