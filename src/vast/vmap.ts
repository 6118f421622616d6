import { defectAt, type VastDefect } from './defect.ts';
import type { Element } from './element.ts';
import { ERROR_CODES } from './error-code.ts';
import { parseXml } from './xml.ts';

/** Where the ad of a break comes from. */
export type AdSource =
  | { readonly kind: 'tag'; readonly uri: string }
  | { readonly kind: 'document'; readonly adm: string }
  /** A format of somebody else (CustomAdData), or nothing at all. */
  | { readonly kind: 'custom' | 'none' };

/** An ad break of a VMAP document [VMAP 1.0.1, 2.2.2]. */
export type AdBreak = {
  readonly element: Element;
  /** As written: a time, a percentage, `start`, `end` or `#n`; null where there is none. */
  readonly timeOffset: string | null;
  readonly breakType: string | null;
  readonly breakId: string | null;
  /** The id of its AdSource. */
  readonly sourceId: string | null;
  /** Null for a break that is only tracked. */
  readonly source: AdSource | null;
};

export type Vmap = {
  readonly text: string;
  readonly root: Element;
  readonly version: string | null;
  readonly breaks: readonly AdBreak[];
};

type VmapResult = { readonly ok: true; readonly vmap: Vmap } | { readonly ok: false; readonly defect: VastDefect };

/** The name of an element without its prefix: documents write `vmap:AdBreak`, and some none at all. */
export const localName = ({ name }: Element): string => name.slice(name.indexOf(':') + 1);

const named = (element: Element, ...names: readonly string[]): readonly Element[] =>
  element.children.filter((each) => names.includes(localName(each)));

/** The elements of a local name below an element of VMAP itself; the ads in it are documents of their own. */
export function descendantsNamed(element: Element, name: string): readonly Element[] {
  if (localName(element) === name) return [element];
  if (localName(element) === 'VAST') return [];
  return element.children.flatMap((each) => descendantsNamed(each, name));
}

/** Reads a VMAP document [VMAP 1.0.1]; what is not one, or cannot be read, is a defect. Never throws. */
export function readVmap(received: string): VmapResult {
  const text = received.toWellFormed().replace(/^\s+(?=<\?xml\b)/, '');
  const parsed = parseXml(text);
  if (!parsed.ok) return parsed;
  const { root } = parsed;
  if (localName(root) !== 'VMAP') {
    const defect = defectAt(text, root.start, 'the root element is not VMAP', ERROR_CODES.schemaValidation);
    return { ok: false, defect };
  }
  const version = root.attributes.get('version') ?? null;
  return {
    ok: true,
    vmap: { text, root, version, breaks: named(root, 'AdBreak').map((each) => readBreak(each, text, root)) },
  };
}

function readBreak(element: Element, text: string, root: Element): AdBreak {
  const attribute = (name: string): string | null => element.attributes.get(name)?.trim() || null;
  const source = named(element, 'AdSource')[0];
  return {
    element,
    timeOffset: attribute('timeOffset'),
    breakType: attribute('breakType'),
    breakId: attribute('breakId'),
    sourceId: source?.attributes.get('id') ?? null,
    source: source === undefined ? null : readSource(source, text, [root, element, source]),
  };
}

/** VASTData is the name of the first version, which also had the document as text. */
function readSource(source: Element, text: string, around: readonly Element[]): AdSource {
  const [data] = named(source, 'VASTAdData', 'VASTData');
  const [tag] = named(source, 'AdTagURI');
  if (data !== undefined) {
    const vast = data.children.find((each) => localName(each) === 'VAST');
    if (vast !== undefined) return { kind: 'document', adm: standAlone(vast, text, [...around, data]) };
    if (data.text !== '') return { kind: 'document', adm: data.text };
  }
  if (tag !== undefined && tag.text !== '') return { kind: 'tag', uri: tag.text };
  return { kind: named(source, 'CustomAdData').length > 0 ? 'custom' : 'none' };
}

/** The text of an element as a document of its own, with the namespaces that elements around it declare. */
function standAlone(element: Element, text: string, around: readonly Element[]): string {
  const missing = new Map<string, string>();
  for (const { attributes } of around) {
    for (const [name, value] of attributes) {
      if (name.startsWith('xmlns:') && !element.attributes.has(name)) missing.set(name, value);
    }
  }
  const behindName = element.start + 1 + element.name.length;
  const own = text.slice(element.start, element.end);
  const used = [...missing].filter(([name]) => own.includes(`${name.slice('xmlns:'.length)}:`));
  const declarations = used.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  return text.slice(element.start, behindName) + declarations + text.slice(behindName, element.end);
}

const escapeAttribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
