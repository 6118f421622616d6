import type { Ad } from './ad.ts';
import type { Element } from './element.ts';
import type { VastErrorCode } from './error-code.ts';

/** A VAST document that was read: its text, and its tree with offsets into that text. Frozen, so it may be cached. */
export type VastDocument = {
  readonly text: string;
  /** The `<VAST>` element. */
  readonly root: Element;
  /** The version as it is treated, '2.0' to '4.3'; '3.0' where none was written. */
  readonly version: string;
  /** The first 20 ads. */
  readonly ads: readonly Ad[];
  /** How many ads beyond those were ignored. */
  readonly adsIgnored: number;
  /** The root's own Error elements: they belong to a document without ads. */
  readonly errorUrls: readonly string[];
};

/** Why a text could not be read as VAST. */
export type VastDefect = {
  readonly code: VastErrorCode;
  /** What was wrong, for people. Never quotes the document. */
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Error URLs of the document itself, where they could be read. */
  readonly errorUrls: readonly string[];
};

export type ReadResult =
  { readonly ok: true; readonly document: VastDocument } | { readonly ok: false; readonly defect: VastDefect };
