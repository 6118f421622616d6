/** How what is sent in place of a document usually begins. */
const LOOKS: readonly { readonly begins: RegExp; readonly is: string }[] = [
  { begins: /^<(!doctype html|html|head|body|script|div|iframe)\b/i, is: 'an HTML page' },
  { begins: /^(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?<([\w-]+:)?VMAP\b/i, is: 'a VMAP document, which lists ad breaks' },
  { begins: /^(<\?xml[^>]*>\s*)?<(rss|MPD|DAAST|SOAP-ENV:Envelope)\b/i, is: 'XML of another kind' },
  { begins: /^#EXTM3U/, is: 'an HLS playlist' },
  { begins: /^[{[]/, is: 'JSON' },
  { begins: /^$/, is: 'nothing at all' },
  { begins: /^[^<]/, is: 'text without markup' },
];

/** What came in place of a VAST document, in a few words; null where that cannot be told. */
export function looksLike(text: string): string | null {
  const start = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 2000);
  return LOOKS.find(({ begins }) => begins.test(start))?.is ?? null;
}
