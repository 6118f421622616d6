import { readAd, readErrorUrls, type Ad } from './ad.ts';
import { defectAt, type VastDefect } from './defect.ts';
import { children, type Element, type TreeSize } from './element.ts';
import { ERROR_CODES, type VastErrorCode } from './error-code.ts';
import { parseXml } from './xml.ts';

/**
 * The versions that are read. 4.3 has no schema of its own and that of 4.4 is a draft: where one is needed, both are treated
 * as 4.2 with what `schema-additions.ts` adds to any 4.x.
 */
export const VERSIONS = ['2.0', '3.0', '4.0', '4.1', '4.2', '4.3', '4.4'] as const;

export type Version = (typeof VERSIONS)[number];

/** What a document without a version attribute is read as. */
const UNSTATED_VERSION: Version = '3.0';

/** Ads beyond these are ignored. */
const MAX_ADS = 20;

/** A VAST document that was read: its text, and its tree with offsets into that text. Frozen, so it may be cached. */
export type VastDocument = {
  readonly text: string;
  /** The `<VAST>` element. */
  readonly root: Element;
  /** How much the tree holds. */
  readonly size: TreeSize;
  /** The version as it is treated, '2.0' to '4.4'; '3.0' where none was written. */
  readonly version: Version;
  /** `VAST@version` as it was written; null where there was none. */
  readonly statedVersion: string | null;
  /** The first 20 ads. */
  readonly ads: readonly Ad[];
  /** How many ads beyond those were ignored. */
  readonly adsIgnored: number;
  /** The root's own Error elements: they belong to a document without ads. */
  readonly errorUrls: readonly string[];
};

export type ReadResult =
  { readonly ok: true; readonly document: VastDocument } | { readonly ok: false; readonly defect: VastDefect };

/**
 * Reads a text as VAST. What cannot be read is a defect: 100 not XML or hostile, 101 another root than `VAST`, 102 a
 * version that is not supported, VAST 1 among them [VAST 4.3, 2.3.6.3]. Never throws.
 */
export function readDocument(text: string): ReadResult {
  const parsed = parseXml(text);
  if (!parsed.ok) return parsed;
  const { root, size } = parsed;
  const refuse = (code: VastErrorCode, message: string): ReadResult => ({
    ok: false,
    defect: defectAt(
      text,
      root.start,
      message,
      code,
      code === ERROR_CODES.versionNotSupported ? allErrorUrls(root) : [],
    ),
  });

  if (root.name === 'VideoAdServingTemplate') return refuse(ERROR_CODES.versionNotSupported, 'VAST 1 is not supported');
  if (root.name !== 'VAST') return refuse(ERROR_CODES.schemaValidation, 'the root element is not VAST');
  const statedVersion = root.attributes.get('version') ?? null;
  const version = readVersion(statedVersion);
  if (version === null) return refuse(ERROR_CODES.versionNotSupported, 'the version of VAST is not supported');

  const ads = children(root, 'Ad');
  return {
    ok: true,
    document: Object.freeze({
      text,
      root,
      size,
      version,
      statedVersion,
      ads: Object.freeze(ads.slice(0, MAX_ADS).map(readAd)),
      adsIgnored: Math.max(0, ads.length - MAX_ADS),
      errorUrls: readErrorUrls(root),
    }),
  };
}

/** `2.0.1`, the name of a schema, is 2.0; `4` is 4.0. Null for what is not supported. */
function readVersion(stated: string | null): Version | null {
  const known = VERSIONS.find((each) => each === stated);
  if (known !== undefined) return known;
  const trimmed = stated?.trim() ?? '';
  if (trimmed === '') return UNSTATED_VERSION;
  const [, major, minor = '0'] = /^(\d+)(?:\.(\d+))?(?:\.\d+)*$/.exec(trimmed) ?? [];
  return VERSIONS.find((each) => each === `${major}.${minor}`) ?? null;
}

/** Every Error of a document that is not read any further. */
function allErrorUrls(root: Element): readonly string[] {
  return [root, ...children(root, 'Ad').flatMap((ad) => ad.children)].flatMap(readErrorUrls);
}
