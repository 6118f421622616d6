import { XMLParser } from 'fast-xml-parser';
import { TRACKER_ELEMENTS } from './tracker-elements.ts';
import { MARKUP_LIMITS } from './xml-reader.ts';

/** What a document that cannot be read seems to hold. */
export type Outline = {
  /** What its first Ad is; null where there is none. */
  readonly kind: 'inline' | 'wrapper' | null;
  readonly ads: number;
  readonly creatives: number;
  readonly trackers: number;
  /** Where its first Wrapper leads; null where it has none. */
  readonly nextTag: string | null;
};

/** A node as the parser gives it with `preserveOrder`: a tag with its children, a text, or a CDATA section. */
type Node = Readonly<Record<string, readonly Node[] | string>>;
type Counted = { -readonly [Key in keyof Outline]: Outline[Key] };

const MAX_LENGTH = 128 * 1024;
const MAX_TAGS = MARKUP_LIMITS.lessThan / 2;

const [TEXT, CDATA] = ['#text', '#cdata'];
const TRACKERS: ReadonlySet<string> = new Set(TRACKER_ELEMENTS);

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  maxNestedTags: MARKUP_LIMITS.depth,
  jPath: false,
  onDangerousProperty: (name) => name,
});

/**
 * What a document would hold if somebody read it who does not mind that elements are cut off, mismatched or several at
 * the root, as fast-xml-parser does. For people, never for players. Null where even that gives nothing, for what is over
 * the limits of the strict reader, and for a DOCTYPE.
 */
export function outlineOf(text: string): Outline | null {
  if (!isSmall(text) || /<!doctype/i.test(text)) return null;
  // Where a text is cut off within a tag, the parser throws.
  const nodes = parsed(text) ?? parsed(text.slice(0, Math.max(0, text.lastIndexOf('<'))));
  const root = nodes?.find((node) => 'VAST' in node);
  if (root === undefined) return null;
  const counted: Counted = { kind: null, ads: 0, creatives: 0, trackers: 0, nextTag: null };
  count(root['VAST'] as readonly Node[], counted);
  return counted;
}

function parsed(text: string): readonly Node[] | null {
  try {
    return parser.parse(text) as readonly Node[];
  } catch {
    return null;
  }
}

/** Bounds within which the parser is done in some milliseconds, whatever the text holds. */
function isSmall(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  let tags = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) tags += 1;
  return tags <= MAX_TAGS;
}

function count(nodes: readonly Node[], counted: Counted): void {
  for (const node of nodes) {
    const [name] = Object.keys(node);
    const children = name === undefined ? undefined : node[name];
    if (name === undefined || typeof children !== 'object') continue;
    if (name === 'Ad') counted.ads += 1;
    if (name === 'InLine' || name === 'Wrapper') counted.kind ??= name === 'InLine' ? 'inline' : 'wrapper';
    if (name === 'Creative') counted.creatives += 1;
    if (TRACKERS.has(name) && textOf(children) !== '') counted.trackers += 1;
    if (name === 'VASTAdTagURI') counted.nextTag ??= textOf(children) || null;
    count(children, counted);
  }
}

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => (node[TEXT] ?? (node[CDATA] as readonly Node[] | undefined)?.[0]?.[TEXT] ?? '') as string)
    .join('')
    .trim();
}
