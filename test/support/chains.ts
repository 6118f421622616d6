import fc from 'fast-check';
import { ALL_VERSIONS, adParts, bodyOf, el, type AdParts, type Build, type Version, type Xml } from './ad-parts.ts';

// Generated chains of documents, and how they are written down.

type Style = {
  /** How the text of an element is written. */
  readonly text: 'cdata' | 'padded' | 'entities' | 'split';
  readonly indent: '' | '\n  ' | '\r\n\t';
  readonly quote: '"' | "'";
  readonly comments: boolean;
  /** Unknown elements among the known ones. */
  readonly junk: boolean;
  /** Children in the wrong order. */
  readonly reversed: boolean;
  /** Containers written twice, each with a half of what they hold. */
  readonly doubled: boolean;
  readonly declaration: boolean;
};

type WrapperPlan = {
  readonly kind: 'Wrapper';
  readonly parts: AdParts;
  readonly sequence: number | null;
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly blocks: string | null;
  readonly target: DocumentPlan | 'missing' | 'empty' | 'not-xml' | 'loop' | 'no-uri';
  readonly spelling: 'absolute' | 'relative' | 'protocol-relative';
};
type InLinePlan = {
  readonly kind: 'InLine';
  readonly parts: AdParts;
  readonly sequence: number | null;
  readonly category: string | null;
};
type AdPlan = WrapperPlan | InLinePlan;
export type DocumentPlan = { readonly version: Version; readonly style: Style; readonly ads: readonly AdPlan[] };

/** The documents of a chain by their URL; `entry` is the first one's. */
export type Site = { readonly entry: string; readonly pages: Readonly<Record<string, string>> };

const looseStyle: fc.Arbitrary<Style> = fc.record({
  text: fc.constantFrom('cdata', 'padded', 'entities', 'split'),
  indent: fc.constantFrom('', '\n  ', '\r\n\t'),
  quote: fc.constantFrom('"', "'"),
  comments: fc.boolean(),
  junk: fc.boolean(),
  reversed: fc.boolean(),
  doubled: fc.boolean(),
  declaration: fc.boolean(),
});
const strictStyle = looseStyle.map((style) => ({ ...style, junk: false, reversed: false, doubled: false }));
const version = fc.constantFrom(...ALL_VERSIONS);
const noSequence = fc.constant(null);
const sequence = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null });
const flag = fc.constantFrom(undefined, 'true', 'false', '1', '0', 'TRUE');

function wrapperPlan(target: WrapperPlan['target'], parts: AdParts): WrapperPlan {
  return { kind: 'Wrapper', parts, sequence: null, flags: {}, blocks: null, target, spelling: 'absolute' };
}

const inLinePlan = (parts: AdParts): InLinePlan => ({ kind: 'InLine', parts, sequence: null, category: null });

const spelling = fc.constantFrom<WrapperPlan['spelling']>('absolute', 'relative', 'protocol-relative');
const category = fc.option(fc.constantFrom('IAB1', 'IAB2'), { nil: null, freq: 6 });

/** What the wrappers of a plain chain block and how they spell their URIs, and the category of its ad. */
export const chainDetails = fc.record({ wrappers: fc.array(fc.record({ blocks: category, spelling })), category });
type ChainDetails = typeof chainDetails extends fc.Arbitrary<infer T> ? T : never;

/** The same chain with these details. */
export function withDetails(plan: DocumentPlan, details: ChainDetails): DocumentPlan {
  const [first, ...wrappers] = details.wrappers;
  const ads = plan.ads.map((ad): AdPlan => {
    if (ad.kind === 'InLine') return { ...ad, category: details.category };
    const { target } = ad;
    const changed = typeof target === 'string' ? target : withDetails(target, { ...details, wrappers });
    return { ...ad, ...first, target: changed };
  });
  return { ...plan, ads };
}

/** Chains of up to five wrappers and one InLine, a document each, in which nothing fails. */
export const plainChain: fc.Arbitrary<DocumentPlan> = fc
  .tuple(fc.array(fc.tuple(version, looseStyle, adParts), { maxLength: 5 }), version, looseStyle, adParts)
  .map(([wrappers, last, style, parts]) => chainOf(wrappers, { version: last, style, ads: [inLinePlan(parts)] }));

/** The same, of one version, every document valid against its schema. */
export const strictChain: fc.Arbitrary<DocumentPlan> = version.chain((same) =>
  fc
    .tuple(fc.array(fc.tuple(fc.constant(same), strictStyle, adParts), { maxLength: 4 }), strictStyle, adParts)
    .map(([wrappers, style, parts]) => chainOf(wrappers, { version: same, style, ads: [inLinePlan(parts)] })),
);

/** The same, of mixed versions. */
export const mixedStrictChain: fc.Arbitrary<DocumentPlan> = fc
  .tuple(fc.array(fc.tuple(version, strictStyle, adParts), { maxLength: 4 }), version, strictStyle, adParts)
  .map(([wrappers, last, style, parts]) => chainOf(wrappers, { version: last, style, ads: [inLinePlan(parts)] }));

function chainOf(wrappers: readonly [Version, Style, AdParts][], last: DocumentPlan): DocumentPlan {
  return wrappers.reduceRight<DocumentPlan>(
    (target, [of, style, parts]) => ({ version: of, style, ads: [wrapperPlan(target, parts)] }),
    last,
  );
}

const ending = fc.constantFrom<WrapperPlan['target']>('missing', 'empty', 'not-xml', 'loop', 'no-uri');
const flags = fc.record({
  followAdditionalWrappers: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, flag),
  allowMultipleAds: flag,
  fallbackOnNoAd: flag,
});

/** Trees of documents with pods, buffets, flags and dead ends, up to `depth` wrappers deep. */
const tree: (depth?: number) => fc.Arbitrary<DocumentPlan> = fc.memo((depth) => {
  const inLine = (of: fc.Arbitrary<number | null>): fc.Arbitrary<AdPlan> =>
    fc.record({ kind: fc.constant('InLine' as const), parts: adParts, sequence: of, category });
  const wrapper = (of: fc.Arbitrary<number | null>): fc.Arbitrary<AdPlan> =>
    fc.record({
      kind: fc.constant('Wrapper' as const),
      parts: adParts,
      sequence: of,
      flags,
      blocks: category,
      target: depth > 1 ? fc.oneof({ weight: 2, arbitrary: tree() }, ending) : ending,
      spelling,
    });
  const ad = (of: fc.Arbitrary<number | null>): fc.Arbitrary<AdPlan> =>
    depth > 1
      ? fc.oneof({ weight: 3, arbitrary: wrapper(of) }, { weight: 1, arbitrary: inLine(of) })
      : fc.oneof({ weight: 3, arbitrary: inLine(of) }, wrapper(of));
  const ads = fc.oneof(
    { weight: 3, arbitrary: fc.array(ad(noSequence), { minLength: 1, maxLength: 1 }) },
    { weight: 3, arbitrary: fc.array(ad(sequence), { minLength: 1, maxLength: 4 }) },
  );
  return fc.record({ version, style: looseStyle, ads });
});

export const anyChain: fc.Arbitrary<DocumentPlan> = fc.integer({ min: 1, max: 7 }).chain((depth) => tree(depth));

const EMPTY = '<VAST version="3.0"><Error>https://t.example/empty?code=[ERRORCODE]</Error></VAST>';

/** Containers that real documents are seen to hold twice. */
const DOUBLED = [
  'Extensions',
  'ViewableImpression',
  'AdVerifications',
  'Creatives',
  'Icons',
  'TrackingEvents',
  'VideoClicks',
  'CompanionAds',
];

/** Writes the documents of a chain down. The same plan gives the same text. */
export function writeSite(plan: DocumentPlan, strict = false): Site {
  const pages: Record<string, string> = {};
  let urls = 0;
  let documents = 0;
  const build = (of: Version): Build => ({
    version: of,
    strict,
    // Some URLs stand at several places: a player fires each of them.
    url: () => `https://t.example/${urls++ % 7 === 6 ? 'same' : urls}?a=1&cb=[CACHEBUSTING]&t=%3C`,
  });

  function write(document: DocumentPlan): string {
    const url = `https://ads${documents % 3}.example/d${documents++}`;
    const ads = document.ads.map((ad, i) => {
      const body =
        ad.kind === 'InLine'
          ? [...bodyOf('InLine', ad.parts, build(document.version)), ...categoryOf(ad)]
          : wrapperBody(ad, document, url);
      const attributes = { id: `ad${i}`, sequence: ad.sequence?.toString() };
      return el('Ad', [el(ad.kind, body, ad.kind === 'Wrapper' ? ad.flags : {})], attributes);
    });
    pages[url] = writeDocument(document, ads);
    return url;
  }

  function wrapperBody(ad: WrapperPlan, document: DocumentPlan, url: string): Xml[] {
    const body = [...bodyOf('Wrapper', ad.parts, build(document.version))];
    const blocks = ad.blocks === null ? [] : [el('BlockedAdCategories', `IAB9, ${ad.blocks}`)];
    const uri = el('VASTAdTagURI', targetUri(ad, url));
    if (document.version >= '4.0') return [...body, ...blocks, uri];
    return [...body.slice(0, 1), uri, ...body.slice(1), ...blocks];
  }

  function targetUri({ target, spelling }: WrapperPlan, from: string): string {
    if (target === 'no-uri') return '';
    if (target === 'missing') return 'https://ads.example/missing';
    if (target === 'loop') return from;
    const text = target === 'empty' ? EMPTY : '<VAST version="3.0"><Ad></VAST>';
    const to = typeof target === 'object' ? write(target) : `https://ads.example/${target}${documents++}`;
    if (typeof target !== 'object') pages[to] = text;
    if (spelling === 'absolute') return to;
    // A path alone only leads there from the same host.
    const isNear = new URL(to).host === new URL(from).host;
    return spelling === 'relative' && isNear ? new URL(to).pathname : to.slice('https:'.length);
  }

  return { entry: write(plan), pages };
}

function categoryOf({ category: of }: InLinePlan): Xml[] {
  return of === null ? [] : [el('Category', of, { authority: 'https://iab.example' })];
}

function writeDocument({ version: of, style }: DocumentPlan, ads: readonly Xml[]): string {
  const namespace = of >= '4.0' ? { xmlns: 'http://www.iab.com/VAST' } : {};
  // The same prefix for different namespaces: a copy must keep its own.
  const root = el('VAST', style.doubled ? ads.map(doubled) : ads, {
    version: of,
    ...namespace,
    'xmlns:x': `urn:x-notes:${of}`,
  });
  const declaration = style.declaration ? `<?xml version='1.0' encoding="UTF-8"?>${style.indent}` : '';
  return `${declaration}${writeElement(root, style, 0)}${style.comments ? '<!-- the end -->' : ''}`;
}

function doubled({ name, attributes, content }: Xml): Xml {
  if (typeof content === 'string') return { name, attributes, content };
  const children = content.map(doubled).flatMap((each) => {
    if (!DOUBLED.includes(each.name) || each.content.length < 2) return [each];
    return [
      { ...each, content: each.content.slice(0, 1) },
      { ...each, content: each.content.slice(1) },
    ] as Xml[];
  });
  return { name, attributes, content: children };
}

function writeElement({ name, attributes, content }: Xml, style: Style, depth: number): string {
  const { quote, indent, comments, junk, reversed } = style;
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}=${quote}${escape(value).replaceAll(quote, quote === '"' ? '&quot;' : '&apos;')}${quote}`],
  );
  const start = `<${name}${written.join('')}`;
  if (content.length === 0) return depth % 2 === 0 ? `${start}/>` : `${start}></${name} >`;
  if (typeof content === 'string') return `${start}>${writeText(content, style)}</${name}>`;
  const break_ = indent === '' ? '' : indent.slice(0, -1) + indent.slice(-1).repeat(depth + 1);
  const children = content.map((each) => break_ + writeElement(each, style, depth + 1));
  if (reversed) children.reverse();
  if (comments) children.splice(depth % 2, 0, `${break_}<!-- <Impression>https://no.example/</Impression> -->`);
  if (junk && depth > 1) children.splice(1, 0, `${break_}<Unknown a=${quote}x>y${quote}><Deep/>text</Unknown>`);
  return `${start}>${children.join('')}${break_}</${name}>`;
}

function writeText(text: string, { text: style }: Style): string {
  const half = text.indexOf(':');
  switch (style) {
    case 'cdata':
      return `<![CDATA[${text}]]>`;
    case 'padded':
      // A schema allows space around URLs, not around times.
      return text.startsWith('http')
        ? `\n  <![CDATA[ ${text}\t]]>\r\n`
        : text.replaceAll('&', '&#38;').replaceAll('<', '&#x3c;');
    case 'entities':
      return escape(text).replaceAll('%', '&#x25;');
    case 'split':
      return `<![CDATA[${text.slice(0, half)}]]>${escape(text.slice(half))}`;
  }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
