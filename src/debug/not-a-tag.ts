import { looksLike } from '../vast/looks-like.ts';
import { countInWords } from './count-in-words.ts';

/** What to paste in its place. */
const INSTEAD = 'Paste a URL that begins with https://, a document that begins with <VAST, or an OpenRTB bid.';

const isUrl = (word: string): boolean => /^https?:\/\/\S+$/i.test(word);

/** The tag URLs of a text that has them one beside the other, each once; none where it is one URL, or something else. */
export function urlsListedIn(text: string): readonly string[] {
  if (/^\s*[<{[]/.test(text)) return [];
  const urls = new Set(urlsIn(text));
  return urls.size > 1 ? [...urls] : [];
}

/** In a longer text nobody looks for URLs. */
const MAX_CHARS = 16_384;

/** The URLs that stand in a text, or in the beginning of a long one, without quotes and what ends a sentence. A URL within a URL is a part of it. */
export function urlsIn(text: string): readonly string[] {
  const words = text
    .slice(0, MAX_CHARS)
    .split(/\s+/)
    .flatMap((word) => word.split(/[,;|"'`](?=https?:\/\/)/i));
  return words.map(withoutQuotes).filter(isUrl);
}

function withoutQuotes(word: string): string {
  let [start, end] = [0, word.length];
  while (start < end && `"'\`(<`.includes(word[start]!)) start += 1;
  while (start < end && `.,;"'\`)>`.includes(word[end - 1]!)) end -= 1;
  return word.slice(start, end);
}

/**
 * What a person would say of a text that is no tag, document or bid: an HTML page, JSON without a bid, several URLs, words.
 * Null for what can be unwrapped, or at least be read as a document that is broken.
 */
export function answerTo(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return 'Paste a tag first.';
  const urls = urlsListedIn(trimmed);
  if (urls.length > 0) {
    return `These are ${countInWords(urls.length, 'URL')}: check them as a batch? Or paste one of them alone.`;
  }
  if (/^[[{]/.test(trimmed)) return ofJson(trimmed);
  const { kind, is, title } = looksLike(trimmed) ?? {};
  if (kind === 'html') {
    const named = title == null ? '' : ` with the title “${title}”`;
    return `This is an HTML page${named}, and no tag. If it is what an ad server answered, paste the URL that was asked for: then you see where it comes from.`;
  }
  if (kind !== 'other' || is === undefined) return null;
  return is === 'text without markup' ? ofWords(trimmed) : trimmed.startsWith('<') ? null : `This is ${is}, and no tag. ${INSTEAD}`; // prettier-ignore
}

function ofJson(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'This is JSON that is cut off or broken: there is no adm and no url in it that can be read. Copy all of it, from the first brace to the last.';
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('imp') || keys.includes('request')) {
    return 'This is a BidRequest without a bid: there is no adm in it. Paste the response too, as { "request": …, "response": … }.';
  }
  if (keys.includes('seatbid'))
    return 'This is a BidResponse whose bids have no markup: there is no adm in any of them.';
  const named = keys.length === 0 ? '' : ` (it has ${keys.slice(0, 5).join(', ')})`;
  return `This is JSON, and there is no adm and no url in it${named}. Paste a bid with its adm, a BidResponse, or { "request": …, "response": … }.`;
}

const ofWords = (text: string): string =>
  /^\S+$/.test(text)
    ? `“${text.slice(0, 60)}” is no URL and no document. ${INSTEAD}`
    : `These are words, and no tag. ${INSTEAD}`;
