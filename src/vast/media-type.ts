/** The many names of JavaScript [RFC 9239, 6]. */
const SCRIPT = /^(?:application|text)\/(?:x-)?(?:java|ecma)script$/;
/** What a frame shows as a page. */
const PAGE = /^(?:text\/html|application\/xhtml\+xml)$/;

/** Types that mean the same container. */
const SAME_TYPES: readonly (readonly string[])[] = [
  ['video/mp4', 'video/x-m4v', 'video/m4v', 'video/quicktime', 'video/3gpp', 'video/3gpp2'],
  ['audio/mp4', 'audio/x-m4a', 'audio/m4a', 'audio/aac', 'audio/x-aac', 'audio/aacp', 'video/mp4'],
  ['audio/mpeg', 'audio/mp3', 'audio/mpeg3', 'audio/x-mp3', 'audio/x-mpeg'],
  ['video/webm', 'audio/webm', 'video/x-matroska', 'audio/x-matroska'],
  ['application/ogg', 'video/ogg', 'audio/ogg'],
  ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
  ['audio/flac', 'audio/x-flac'],
  ['video/x-flv', 'video/flv'],
  ['video/x-ms-wmv', 'video/x-ms-asf', 'audio/x-ms-wma'],
  ['video/x-msvideo', 'video/msvideo', 'video/avi'],
  ['image/jpeg', 'image/jpg'],
  ['application/x-mpegurl', 'application/vnd.apple.mpegurl', 'audio/mpegurl', 'audio/x-mpegurl'],
];

/** A media type in lower case, without its parameters. */
export const mimeOf = (type: string): string => type.split(';')[0]!.trim().toLowerCase();

export const isScriptType = (type: string): boolean => SCRIPT.test(mimeOf(type));

/** Scripts, pages, manifests and whatever else is text. */
export const isTextType = (type: string): boolean => /^text\/|(?:script|json|xml|mpegurl)$/.test(mimeOf(type));

/** Do two names mean the same to a player? */
export function isSameType(a: string, b: string): boolean {
  const [one, other] = [mimeOf(a), mimeOf(b)];
  if (one === other || [SCRIPT, PAGE].some((pattern) => pattern.test(one) && pattern.test(other))) return true;
  return SAME_TYPES.some((group) => group.includes(one) && group.includes(other));
}

/**
 * May a file be of type `said` whose bytes begin as `found`? No script begins as one, and a page may begin with an element
 * that XML may begin with, too.
 */
export function canBe(found: string, said: string): boolean {
  const type = mimeOf(said);
  if (found === 'text/plain') return type === found || SCRIPT.test(type);
  if (found === 'application/xml') return type === found || PAGE.test(type);
  return isSameType(found, type);
}
