/**
 * The names of each format, the usual one first. A player that takes one of them takes the others. `audio/mp3` has a row
 * of its own: there are players that take `audio/mpeg` and not it. Of JavaScript: RFC 9239, 6.
 */
const FORMATS = [
  'video/mp4 application/mp4 video/mpeg4 video/x-mp4 video/x-m4v video/m4v',
  'video/quicktime video/mov video/x-quicktime',
  'video/3gpp video/3gp',
  'video/webm video/x-webm',
  'video/x-matroska video/matroska video/mkv',
  'video/ogg video/x-ogg',
  'video/x-flv video/flv flv-application/octet-stream',
  'video/x-ms-wmv video/wmv',
  'video/x-msvideo video/msvideo video/avi',
  'audio/mp4 audio/x-mp4 audio/m4a audio/x-m4a',
  'audio/aac audio/x-aac audio/aacp audio/x-hx-aac-adts',
  'audio/mpeg audio/x-mpeg audio/mpeg3 audio/x-mpeg3 audio/x-mpeg-3 audio/mpg audio/x-mpg audio/x-mpegaudio',
  'audio/mp3 audio/x-mp3',
  'audio/ogg audio/x-ogg',
  'audio/wav audio/x-wav audio/wave audio/vnd.wave audio/x-pn-wav',
  'audio/flac audio/x-flac',
  'application/vnd.apple.mpegurl application/x-mpegurl application/mpegurl audio/mpegurl audio/x-mpegurl ' +
    'video/mpegurl video/x-mpegurl application/x-apple.mpegurl application/vnd.apple.mpegurl.audio application/hls',
  'application/dash+xml application/x-dash+xml video/vnd.mpeg.dash.mpd application/vnd.mpeg.dash.mpd',
  'application/javascript text/javascript application/x-javascript text/x-javascript application/ecmascript ' +
    'text/ecmascript application/x-ecmascript text/x-ecmascript text/jscript text/livescript application/js text/js ' +
    'text/javascript1.0 text/javascript1.1 text/javascript1.2 text/javascript1.3 text/javascript1.4 text/javascript1.5',
  'application/x-shockwave-flash application/vnd.adobe.flash.movie application/shockwave-flash',
  'text/html application/xhtml+xml',
  'image/jpeg image/jpg image/pjpeg',
  'image/png image/x-png',
].map((names) => names.split(' '));

const FORMAT_OF: ReadonlyMap<string, string> = new Map(
  FORMATS.flatMap((names) => names.map((name) => [name, names[0]!] as const)),
);

/** Formats that a file's first bytes do not tell apart, or of which one is told and the other is meant. */
const ALIKE: readonly (readonly string[])[] = [
  ['video/mp4', 'video/quicktime', 'video/3gpp', 'video/3gpp2'],
  ['audio/mp4', 'audio/aac', 'video/mp4'],
  ['audio/mpeg', 'audio/mp3'],
  ['video/webm', 'audio/webm', 'video/x-matroska', 'audio/x-matroska'],
  ['application/ogg', 'video/ogg', 'audio/ogg'],
  ['video/x-ms-wmv', 'video/x-ms-asf', 'audio/x-ms-wma'],
];

/** The format that a media type names, by its usual name: in any case, with any parameters, under any of its names. */
export function formatOf(type: string): string {
  const known = FORMAT_OF.get(type);
  if (known !== undefined) return known;
  const name = type.split(';', 1)[0]!.trim().toLowerCase();
  return FORMAT_OF.get(name) ?? name;
}

/** Do two names mean the same format to a player? */
export const isSameFormat = (a: string, b: string): boolean => formatOf(a) === formatOf(b);

export const isScriptType = (type: string): boolean => formatOf(type) === 'application/javascript';

/** HLS or DASH. */
export const isManifestType = (type: string): boolean =>
  ['application/vnd.apple.mpegurl', 'application/dash+xml'].includes(formatOf(type));

/** Is it a picture? One that moves is none to a player of ads: none of them is told how long it lasts. */
export const isImageType = (type: string): boolean => formatOf(type).startsWith('image/');

/** Is it sound? A playlist is not, though its name may say so. */
export const isAudioType = (type: string): boolean => formatOf(type).startsWith('audio/');

/** Scripts, pages, manifests and whatever else is text. */
export const isTextType = (type: string): boolean => /^text\/|(?:script|json|xml|mpegurl)$/.test(formatOf(type));

/** Do two names mean the same container, so that a file of one may be served as the other? */
export function isAlike(a: string, b: string): boolean {
  const [one, other] = [formatOf(a), formatOf(b)];
  return one === other || ALIKE.some((group) => group.includes(one) && group.includes(other));
}

/**
 * May a file be of type `said` whose bytes begin as `found`? No script begins as one, and a page may begin with an element
 * that XML may begin with, too.
 */
export function canBe(found: string, said: string): boolean {
  const format = formatOf(said);
  if (found === 'text/plain') return format === found || format === 'application/javascript';
  if (found === 'application/xml') return format === found || format === 'text/html';
  return isAlike(found, format);
}
