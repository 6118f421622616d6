/** What came in place of a VAST document. */
export type NotVast = {
  readonly kind: 'html' | 'vmap' | 'encoded' | 'other';
  /** In a few words, such as `an HTML page`. */
  readonly is: string;
  /** The title of a page; null where it has none, and for all else. */
  readonly title: string | null;
  /** What is to be done about it, where that is known. */
  readonly fix: string | null;
};

const other = (is: string): NotVast => ({ kind: 'other', is, title: null, fix: null });
const encoded = (how: string, fix: string): NotVast => ({
  kind: 'encoded',
  is: `a document that is ${how} as a whole`,
  title: null,
  fix,
});

/** A declaration and comments before the root element. */
const PROLOGUE = /^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?/;

/** How what is sent in place of a document usually begins. */
const LOOKS: readonly { readonly begins: RegExp; readonly is: (start: string, text: string) => NotVast | null }[] = [
  { begins: /^<(?:!doctype html|html|head|body|script|div|iframe|center|h1|p)\b/i, is: htmlPage },
  { begins: /^<(?:[\w-]+:)?VMAP\b/i, is: vmap },
  { begins: /^<(?:rss|MPD|DAAST|SOAP-ENV:Envelope)\b/i, is: () => other('XML of another kind') },
  { begins: /^#EXTM3U/, is: () => other('an HLS playlist') },
  {
    begins: /^%(?:25)*3C/i,
    is: () => encoded('percent-encoded', 'Decode it once before it is sent: it is no parameter of a URL.'),
  },
  {
    begins: /^&(?:amp;)*(?:lt|#60|#x3c);/i,
    is: () => encoded('HTML-encoded', 'Send it without escaping: write < and not &lt;.'),
  },
  { begins: /^<!\[CDATA\[/, is: () => encoded('wrapped in CDATA', 'Send what stands between <![CDATA[ and ]]>.') },
  { begins: /^"?(?:\\[nrt]|\s)*(?:\\u003c|<[^<>]*\\")/i, is: jsonString },
  { begins: /^"\s*</, is: jsonString },
  { begins: /^[{[]/, is: json },
  { begins: /^$/, is: () => other('nothing at all') },
  { begins: /^(?:data:[^,]{0,100},)?[\w+/-]{16}/, is: base64 },
  { begins: /^[^<]/, is: () => other('text without markup') },
];

/** What came in place of a VAST document, by how it begins; null where that cannot be told. */
export function looksLike(text: string): NotVast | null {
  const whole = text.replace(/^\ufeff/, '').trimStart();
  const start = whole.slice(0, 2000).replace(PROLOGUE, '');
  for (const { begins, is } of LOOKS) {
    const found = begins.test(start) ? is(start, whole) : null;
    if (found !== null) return found;
  }
  return null;
}

const TITLE = /<(title|h1)[^<>]*>([^<>]{1,200})<\/\1/i;

/** Most are error pages of a proxy, whose title says which. */
function htmlPage(start: string): NotVast {
  const title = TITLE.exec(start)?.[2]?.replaceAll(/\s+/g, ' ').trim() ?? '';
  return {
    kind: 'html',
    is: title === '' ? 'an HTML page' : `an HTML page, "${title}",`,
    title: title === '' ? null : title,
    fix: 'Look at the server: it answered with a page, often one about an error or a login, in place of VAST.',
  };
}

/** More are not counted: no document that is read has so many. */
const MAX_BREAKS = 2000;

function vmap(_: string, text: string): NotVast {
  let breaks = 0;
  for (const _ of text.matchAll(/<(?:[\w-]+:)?AdBreak\b/gi)) if ((breaks += 1) > MAX_BREAKS) break;
  const many = breaks > MAX_BREAKS ? `over ${MAX_BREAKS}` : String(breaks);
  return {
    kind: 'vmap',
    is: `a VMAP document, which lists ${breaks === 1 ? 'one ad break' : `${many} ad breaks`},`,
    title: null,
    fix: 'Unwrap it by POST /v1/vmap, or send the VAST of one of its breaks.',
  };
}

function jsonString(): NotVast {
  return encoded('written as a JSON string', 'Parse the JSON first, and send the text that it holds.');
}

function json(start: string): NotVast {
  return /<VAST|\\u003cVAST|<\?xml/i.test(start)
    ? encoded('within JSON', 'Send the field that holds the document, and not the JSON around it.')
    : other('JSON');
}

function base64(start: string): NotVast | null {
  const begin = /^(?:data:[^,]{0,100},)?([\w+/-]{16,64})/.exec(start)?.[1] ?? '';
  const bytes = Buffer.from(begin, 'base64');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return encoded('compressed and base64-encoded', 'Decode and decompress it before it is sent.');
  return /^\ufeff?\s*</.test(bytes.toString())
    ? encoded('base64-encoded', 'Decode it before it is sent, or put data:text/xml;base64, before it in VASTAdTagURI.')
    : null;
}
