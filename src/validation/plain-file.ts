import type { Element } from '../vast/element.ts';

// What nearly every MediaFile is: a film in MP4 that says its size and bitrate in numbers that make sense. Rules that have
// nothing to find in one are not asked of it.

const FILM = 'video/mp4';
const ENDING = '.mp4';

/** A number that is above 0 and of common size. */
const PLAIN_NUMBER = /^[1-9]\d{0,4}$/;

/** What RFC 6381 writes for H.264, with or without sound. */
const PLAIN_CODEC = /^avc[13]\.[0-9A-Fa-f]{6}$/;

const isPlainNumber = (value: string | undefined): boolean => value !== undefined && PLAIN_NUMBER.test(value);

function isFilm({ name, attributes }: Element): boolean {
  return name === 'MediaFile' && attributes.get('type') === FILM && !attributes.has('apiFramework');
}

/** Is it a MediaFile of a film in MP4, with numbers as they should be and a URL that ends so? */
export function isPlainFile(element: Element): boolean {
  const { attributes } = element;
  const codec = attributes.get('codec');
  return (
    isFilm(element) &&
    isPlainNumber(attributes.get('width')) &&
    isPlainNumber(attributes.get('height')) &&
    isPlainNumber(attributes.get('bitrate')) &&
    !attributes.has('minBitrate') &&
    !attributes.has('maxBitrate') &&
    (codec === undefined || PLAIN_CODEC.test(codec)) &&
    hasPlainEnding(element.text)
  );
}

/** Does the path of a URL end as that of a film in MP4? */
function hasPlainEnding(url: string): boolean {
  const query = url.search(/[?#]/);
  return query === -1 ? url.endsWith(ENDING) : url.startsWith(ENDING, query - ENDING.length);
}

/** Does a MediaFiles element hold two or more MediaFiles, all of them films in MP4? */
export function arePlainFiles({ children }: Element): boolean {
  let count = 0;
  for (let i = 0; i < children.length; i += 1) {
    if (children[i]!.name !== 'MediaFile') continue;
    if (!isFilm(children[i]!)) return false;
    count += 1;
  }
  return count > 1;
}
