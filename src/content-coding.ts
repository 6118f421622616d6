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
  'lzma',
  'pack200-gzip',
  'sdch',
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
  /** Words that name no coding, such as a charset or a media type. They say nothing of the body. */
  readonly strange: readonly string[];
};

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
    strange: words.filter((word) => !CODINGS.has(word)),
  };
}
