import { urlsIn } from './not-a-tag.ts';
import { findBid, type MarkupObject } from './pasted-bid.ts';

/** What a person pasted, once it is understood. */
export type Pasted = {
  readonly input: { readonly url: string } | { readonly adm: string };
  /** The OpenRTB bid that it came in; null where it was no bid. */
  readonly bid: object | null;
  /** The BidRequest beside that bid, unread; null where there was none. */
  readonly request: object | null;
  /** What was undone or taken out on the way, in sentences. */
  readonly undone: readonly string[];
};

type Step = {
  readonly text: string;
  readonly bid?: MarkupObject;
  readonly request?: object | null;
  readonly undone: string;
};

const isUrl = (text: string): boolean => /^https?:\/\/\S+$/i.test(text);
/** A document as it is; attributes in `\"` show that it still stands in JSON. */
const isMarkup = (text: string): boolean => text.startsWith('<') && !/^<[^>]*=\\"/.test(text);

/** Longer ones are asked by nobody. */
const MAX_URL_CHARS = 8192;

/** Enough for markup in JSON in JSON, escaped for HTML. */
const MAX_STEPS = 6;

/**
 * Understands what was pasted: a tag URL, a document, either of them escaped for HTML or JSON, in quotes, or inside an
 * OpenRTB bid or BidResponse, with or without its BidRequest. What is none of these is taken as a document, for the
 * reader to say what is wrong.
 *
 * @param wantedBid the id of the bid that is meant where there are several, or of its imp; empty where none is named
 */
export function readPasted(pasted: string, wantedBid = ''): Pasted {
  const undone: string[] = [];
  let text = pasted.replace(/^\ufeff/, '').trim();
  let bid: object | null = null;
  let request: object | null = null;
  for (let steps = 0; steps < MAX_STEPS && !isUrl(text) && !isMarkup(text); steps += 1) {
    const step = UNDO.reduce<Step | null>((found, undo) => found ?? undo(text, wantedBid), null);
    if (step === null) break;
    text = step.text.trim();
    bid = step.bid ?? bid;
    request = step.request ?? request;
    undone.push(step.undone);
  }
  if (isUrl(text) && !/[?#]/.test(text) && /%3f/i.test(text)) {
    text = text.replace(/%3f/i, '?').replaceAll(/%(26|3d)/gi, (each) => decodeURIComponent(each));
    undone.push('The query of the URL was percent-encoded as a whole: it was decoded.');
  }
  if (isUrl(text) && text.includes('&amp;')) {
    text = text.replaceAll('&amp;', '&');
    undone.push('`&amp;` in the URL was read as `&`.');
  }
  if (isUrl(text) && isEncodedTwice(text)) {
    undone.push(
      'A value of the URL seems to be percent-encoded twice, such as `%252F` for `/`: it was sent as it stands.',
    );
  }
  return { input: isUrl(text) ? { url: text } : { adm: text }, bid, request, undone };
}

/** Does a value of the query still hold escapes once it is decoded, without being a URL with a query of its own? */
function isEncodedTwice(url: string): boolean {
  const values = URL.parse(url.slice(0, MAX_URL_CHARS))?.searchParams.values() ?? [];
  return [...values].some((value) => /%(?:2[0-9a-f]|3[a-f]|5[bd]|7[bd])/i.test(value) && !/^https?:/i.test(value));
}

/** What may have been done to a tag before it was pasted; the first that fits is undone. */
const UNDO: readonly ((text: string, wantedBid: string) => Step | null)[] = [
  fromJson,
  fromEscapedJson,
  fromHtml,
  fromPercent,
  fromQuotes,
  fromBareHost,
  fromBrokenUrl,
  fromWords,
];

function fromJson(text: string, wantedBid: string): Step | null {
  if (!/^[{["]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value === 'string') return { text: value, undone: 'The text was a JSON string: its escapes were undone.' };
  const found = findBid(value, wantedBid);
  if (found === null) return null;
  const { bid, request, note } = found;
  const { adm, url } = bid;
  return typeof adm === 'string'
    ? { text: adm, bid, request, undone: note }
    : { text: String(url), request, undone: note };
}

/** `\u003cVAST version=\"4.2\"\u003e` without the quotes around it. */
function fromEscapedJson(text: string): Step | null {
  if (!/\\(["/nrt]|u00)/.test(text) || text.startsWith('"')) return null;
  try {
    const value: unknown = JSON.parse(`"${text.replaceAll(/[\n\r\t]/g, ' ')}"`);
    return typeof value === 'string' && value !== text
      ? { text: value, undone: 'The text was escaped for JSON: the escapes were undone.' }
      : null;
  } catch {
    return null;
  }
}

const HTML_ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function fromHtml(text: string): Step | null {
  if (!/^(&lt;|&#60;|&#x3c;|&amp;lt;)/i.test(text)) return null;
  const decoded = text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/gi,
    (_all, hex, decimal, name) => {
      if (typeof name === 'string') return HTML_ENTITIES[name.toLowerCase()]!;
      const number = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
      return number <= 0x10ffff ? String.fromCodePoint(number) : '\ufffd';
    },
  );
  return { text: decoded, undone: 'The text was escaped for HTML: the escapes were undone.' };
}

/** Once for each time that it was encoded: `https%253A%252F%252F`. */
function fromPercent(text: string): Step | null {
  if (!/^(https?%(25)*3a%(25)*2f|%(25)*3c)/i.test(text)) return null;
  try {
    return { text: decodeURIComponent(text), undone: 'The text was percent-encoded: it was decoded.' };
  } catch {
    return null;
  }
}

/** A URL over several lines, as mails break it, or with spaces within the braces of its macros. */
function fromBrokenUrl(text: string): Step | null {
  if (!/^https?:\/\//i.test(text) || urlsIn(text).length !== 1) return null;
  const joined = text.replaceAll(/\{\{ ([\w.:-]{1,64}) \}\}/g, '{{$1}}').replaceAll(/[\r\n]+[ \t]*/g, '');
  return isUrl(joined) ? { text: joined, undone: 'White space within the URL was taken out.' } : null;
}

/** The one URL or document that stands among words, as in a mail or a call of curl. */
function fromWords(text: string): Step | null {
  if (/^[<{["]/.test(text)) return null;
  const begin = /<(?:\?xml|VAST)\b/i.exec(text)?.index;
  if (begin !== undefined) {
    const document = text.slice(begin, text.lastIndexOf('>') + 1);
    return { text: document, undone: 'The document was taken out of the text around it.' };
  }
  const urls = new Set(urlsIn(text));
  return urls.size === 1 ? { text: [...urls][0]!, undone: 'The URL was taken out of the text around it.' } : null;
}

/** `ads.example/vast?x=1` or `//ads.example/vast`. */
function fromBareHost(text: string): Step | null {
  if (!/^(\/\/)?[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}(:\d+)?[/?]\S*$/i.test(text)) return null;
  return { text: `https://${text.replace(/^\/\//, '')}`, undone: 'The URL had no scheme: https was taken.' };
}

function fromQuotes(text: string): Step | null {
  const [, inside] = /^(?:"([^]*)"|'([^]*)'|`([^]*)`),?;?$/.exec(text)?.filter((each) => each !== undefined) ?? [];
  return inside === undefined ? null : { text: inside, undone: 'The quotes around the text were taken off.' };
}
