/**
 * Markup that is safe to send: made by `html` alone. It is known by its class, which no value from outside can have,
 * whatever its fields are called.
 */
class Markup {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Html = Markup;

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing is nothing. */
export type HtmlContent = Html | string | number | null | undefined | false | readonly HtmlContent[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control and format characters but tab and newline: some turn the direction of what is read. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}]/gu;

/** What of a text is written otherwise: most texts are short, and hold nothing of it. */
const ESCAPED = /[&<>"'\r]|(?![\t\n])[\p{Cc}\p{Cf}]/u;

/** How each is written that was met: there are some hundred of them, and a text may hold nothing else. */
const written = new Map<string, string>();

function writtenByNumber(character: string): string {
  const known = written.get(character);
  if (known !== undefined) return known;
  const number = `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  written.set(character, number);
  return number;
}

/**
 * Text as it may stand in content and in quoted attributes. Characters that nobody would see are written by their
 * number: `\u202e` as `⟨U+202E⟩`.
 */
export function escapeText(text: string): string {
  if (!ESCAPED.test(text)) return text;
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[&<>"']/g, (each) => ENTITIES[each]!)
    .replace(UNSEEN, writtenByNumber);
}

/** Markup with values put in, every text escaped: nothing else here makes markup of text. */
export function html(parts: readonly string[], ...values: readonly HtmlContent[]): Html {
  let markup = parts[0]!;
  for (let at = 0; at < values.length; at += 1) markup += markupOf(values[at]) + parts[at + 1]!;
  return new Markup(markup);
}

function markupOf(content: HtmlContent): string {
  if (content === null || content === undefined || content === false) return '';
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return String(content);
  if (isList(content)) return content.map(markupOf).join('');
  return content instanceof Markup ? content.markup : '';
}

const isList = (content: HtmlContent): content is readonly HtmlContent[] => Array.isArray(content);

/** A link that tells nobody where it was clicked; what is no http(s) URL stays text. */
export function outsideLink(url: string, text = url): Html {
  const { protocol } = URL.parse(url) ?? {};
  if (protocol !== 'http:' && protocol !== 'https:') return html`<span class="url">${text}</span>`;
  return html`<a class="url" href="${url}" target="_blank" rel="noopener noreferrer">${text}</a>`;
}

/** The rows of a `dl`: what is told, and what it is. */
export function factRows(facts: readonly (readonly [name: HtmlContent, value: HtmlContent])[]): Html {
  return html`${facts.map(
    ([name, value]) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`,
  )}`;
}
