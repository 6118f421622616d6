import { parse, setOptions, type types } from 'hls-parser';
import type { Rendition } from '../validation/media-verdict.ts';
import { child, children, type Element } from '../vast/element.ts';
import { parseXml } from '../vast/xml.ts';

/** What a manifest says of the media behind it. */
export type ManifestFacts = {
  readonly renditions: readonly Rendition[];
  readonly durationSec: number | null;
  /** Where the duration stands that the manifest itself does not tell: a media playlist of HLS. */
  readonly next: string | null;
};

/** The text of a manifest, and the type that it begins as: one of MANIFEST_TYPES. */
export type Manifest = { readonly type: string; readonly text: string };

/** Null where the manifest cannot be read as what it begins as. */
export type ManifestReading = { readonly facts: ManifestFacts | null };

const READERS: Readonly<Record<string, (text: string) => ManifestFacts | null>> = {
  'application/vnd.apple.mpegurl': readHls,
  'application/dash+xml': readDash,
};

export const MANIFEST_TYPES: readonly string[] = Object.keys(READERS);

/**
 * Reads a manifest. A hostile one may keep it busy for seconds: strangers' manifests are read in a thread
 * (media-reader.ts).
 */
export function readManifest({ type, text }: Manifest): ManifestReading {
  return { facts: READERS[type]!(text) };
}

/** Only so many of a hostile manifest. */
const MAX_RENDITIONS = 100;

// Otherwise it writes to the console what it thinks of a playlist.
setOptions({ silent: true });

/** Reads an HLS playlist [RFC 8216], master or media; null where it is none. Never throws. */
export function readHls(text: string): ManifestFacts | null {
  try {
    if (!/^\ufeff?#EXTM3U/.test(text)) return null;
    const playlist = parse(text);
    return playlist.isMasterPlaylist ? ofMaster(playlist) : ofMedia(playlist);
  } catch {
    return null;
  }
}

/** It names nothing that could be loaded. */
const EMPTY: ManifestFacts = { renditions: [], durationSec: null, next: null };
/** The one rendition that a media playlist is of: it says nothing about it. */
const UNTOLD: Rendition = { width: null, height: null, bitrate: null, codecs: null };

function ofMaster({ variants }: types.MasterPlaylist): ManifestFacts {
  const media = variants.filter(({ isIFrameOnly, uri }) => isIFrameOnly !== true && uri).slice(0, MAX_RENDITIONS);
  if (media.length === 0) return EMPTY;
  const renditions = media.map(({ resolution, averageBandwidth, bandwidth, codecs }) => ({
    width: resolution?.width ?? null,
    height: resolution?.height ?? null,
    bitrate: kbps(averageBandwidth ?? bandwidth),
    codecs: codecs ?? null,
  }));
  return { renditions, durationSec: null, next: media[0]!.uri };
}

function ofMedia({ segments, endlist }: types.MediaPlaylist): ManifestFacts {
  if (segments.length === 0) return EMPTY;
  const durationSec = segments.reduce((sum, { duration }) => sum + duration, 0);
  return { renditions: [UNTOLD], durationSec: endlist ? durationSec : null, next: null };
}

/** Reads a DASH manifest [ISO 23009-1], by the same guarded reader as documents; null where it is none. Never throws. */
export function readDash(text: string): ManifestFacts | null {
  const parsed = parseXml(text);
  if (!parsed.ok || parsed.root.name !== 'MPD') return null;
  const { root } = parsed;
  const periods = children(root, 'Period');
  const renditions = (periods[0] === undefined ? [] : children(periods[0], 'AdaptationSet')).flatMap(ofAdaptationSet);
  if (renditions.length === 0) return null;
  const whole = root.attributes.get('mediaPresentationDuration');
  const parts = periods.map(({ attributes }) => parseDuration(attributes.get('duration')));
  const durationSec =
    parseDuration(whole) ?? (parts.includes(null) ? null : parts.reduce<number>((sum, each) => sum + each!, 0));
  return { renditions: renditions.slice(0, MAX_RENDITIONS), durationSec, next: null };
}

/** A Representation inherits what its AdaptationSet says of all. Sound and text are no renditions of their own, except alone. */
function ofAdaptationSet(set: Element): readonly Rendition[] {
  const component = child(set, 'ContentComponent')?.attributes.get('contentType');
  return children(set, 'Representation').flatMap((each) => {
    const get = (name: string): string | null => each.attributes.get(name) ?? set.attributes.get(name) ?? null;
    const kind = get('mimeType') ?? get('contentType') ?? component ?? 'video';
    if (!/^(video|audio)/.test(kind)) return [];
    const bandwidth = numberOf(get('bandwidth'));
    return [
      {
        width: numberOf(get('width')),
        height: numberOf(get('height')),
        bitrate: kbps(bandwidth),
        codecs: get('codecs'),
      },
    ];
  });
}

function kbps(bandwidth: number | null | undefined): number | null {
  return bandwidth != null && Number.isFinite(bandwidth) ? Math.round(bandwidth / 1000) : null;
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** A duration of XML Schema, `PT1M30.5S`, in seconds. */
function parseDuration(text: string | undefined): number | null {
  const match = text === undefined ? null : DURATION.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((each) => Number(each ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
