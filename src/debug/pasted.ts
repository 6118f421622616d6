/** What a person pasted, once it is understood. */
export type Pasted = {
  readonly input: { readonly url: string } | { readonly adm: string };
  /** The OpenRTB bid that it came in; null where it was no bid. */
  readonly bid: object | null;
  /** What was undone or taken out on the way, in sentences. */
  readonly undone: readonly string[];
};

type Step = { readonly text: string; readonly bid?: object; readonly undone: string };

const isUrl = (text: string): boolean => /^https?:\/\/\S+$/i.test(text);
/** A document as it is; attributes in `\"` show that it still stands in JSON. */
const isMarkup = (text: string): boolean => text.startsWith('<') && !/^<[^>]*=\\"/.test(text);

/** Enough for `response.seatbid[].bid[]`. */
const MAX_DEPTH = 8;

/** Enough for markup in JSON in JSON, escaped for HTML. */
const MAX_STEPS = 6;

/**
 * Understands what was pasted: a tag URL, a document, either of them escaped for HTML or JSON, in quotes, or inside an
 * OpenRTB bid or BidResponse. What is none of these is taken as a document, for the reader to say what is wrong.
 */
export function readPasted(pasted: string): Pasted {
  const undone: string[] = [];
  let text = pasted.replace(/^\ufeff/, '').trim();
  let bid: object | null = null;
  for (let steps = 0; steps < MAX_STEPS && !isUrl(text) && !isMarkup(text); steps += 1) {
    const step = UNDO.reduce<Step | null>((found, undo) => found ?? undo(text), null);
    if (step === null) break;
    text = step.text.trim();
    bid = step.bid ?? bid;
    undone.push(step.undone);
  }
  if (isUrl(text) && text.includes('&amp;')) {
    text = text.replaceAll('&amp;', '&');
    undone.push('`&amp;` in the URL was read as `&`.');
  }
  return { input: isUrl(text) ? { url: text } : { adm: text }, bid, undone };
}

/** What may have been done to a tag before it was pasted; the first that fits is undone. */
const UNDO: readonly ((text: string) => Step | null)[] = [fromJson, fromEscapedJson, fromHtml, fromPercent, fromQuotes];

function fromJson(text: string): Step | null {
  if (!/^[{["]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value === 'string') return { text: value, undone: 'The text was a JSON string: its escapes were undone.' };
  const bid = findBid(value, MAX_DEPTH);
  if (bid === null) return null;
  const { adm, url } = bid as { readonly adm?: unknown; readonly url?: unknown };
  return typeof adm === 'string'
    ? { text: adm, bid, undone: 'The `adm` of the OpenRTB bid was taken out.' }
    : { text: String(url), undone: 'The `url` of the JSON object was taken out.' };
}

/** The first object with an `adm`, or with a `url`, in the places where OpenRTB has bids. */
function findBid(value: unknown, depth: number): object | null {
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  const find = (inner: unknown): object | null => findBid(inner, depth - 1);
  if (Array.isArray(value)) return firstOf(value, find);
  const { adm, url, response, seatbid, bid } = value as Readonly<Record<string, unknown>>;
  if (typeof adm === 'string' || typeof url === 'string') return value;
  return firstOf([response, seatbid, bid], find);
}

function firstOf(values: readonly unknown[], find: (value: unknown) => object | null): object | null {
  return values.reduce<object | null>((found, each) => found ?? find(each), null);
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

function fromPercent(text: string): Step | null {
  if (!/^(https?%3a%2f%2f|%3c)/i.test(text)) return null;
  try {
    return { text: decodeURIComponent(text), undone: 'The text was percent-encoded: it was decoded.' };
  } catch {
    return null;
  }
}

function fromQuotes(text: string): Step | null {
  const [, inside] = /^(?:"([^]*)"|'([^]*)'|`([^]*)`),?;?$/.exec(text)?.filter((each) => each !== undefined) ?? [];
  return inside === undefined ? null : { text: inside, undone: 'The quotes around the text were taken off.' };
}
