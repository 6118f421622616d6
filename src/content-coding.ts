/** Words that name a content coding [IANA, HTTP Content Coding Registry], and some that servers write for one. */
const CODINGS: ReadonlySet<string> = new Set([
  'aes128gcm',
  'br',
  'brotli',
  'bzip2',
  'compress',
  'dcb',
  'dcz',
  'deflate',
  'exi',
  'gzip',
  'lz4',
  'lzma',
  'pack200-gzip',
  'sdch',
  'snappy',
  'x-bzip2',
  'x-compress',
  'x-gzip',
  'xz',
  'zstd',
]);

/** What a Content-Encoding header says. */
export type ContentCoding = {
  /** The codings that were applied, in that order, lower case; none where the body is as it is. */
  readonly codings: readonly string[];
  /** Words that name no coding, such as a charset or a media type: a few, cut short. They say nothing of the body. */
  readonly strange: readonly string[];
};

/** A stranger writes them, and each is told of. */
const MAX_STRANGE = 8;
const MAX_STRANGE_CHARS = 60;

const NONE: ContentCoding = { codings: [], strange: [] };

/** Reads a Content-Encoding header [RFC 9110, 8.4]. Servers write charsets, media types and `none` into it. */
export function readContentCoding(header: string | readonly string[] | undefined): ContentCoding {
  if (header === undefined) return NONE;
  const words = [header]
    .flat()
    .join(',')
    .split(',')
    .map((word) => word.replaceAll('"', '').trim().toLowerCase())
    .filter((word) => word !== '' && word !== 'identity');
  return {
    codings: words.filter((word) => CODINGS.has(word)),
    strange: [...new Set(words.filter((word) => !CODINGS.has(word)))]
      .slice(0, MAX_STRANGE)
      .map((word) => word.slice(0, MAX_STRANGE_CHARS)),
  };
}
