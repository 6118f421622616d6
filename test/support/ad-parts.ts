import fc from 'fast-check';

// What stands in generated ads. An ad is drawn as numbers and flags, so that it shrinks well, and becomes elements in
// the order of its version's schema.

export type Version = '2.0' | '3.0' | '4.0' | '4.1' | '4.2' | '4.3' | '4.4';
export const ALL_VERSIONS: readonly Version[] = ['2.0', '3.0', '4.0', '4.1', '4.2', '4.3', '4.4'];

export type Xml = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly content: string | readonly Xml[];
};

/** Draws URLs that differ, save where a plan wants the same one again. */
export type DrawUrl = () => string;

type Size = 'small' | 'large' | 'other';
const SIZES: Readonly<Record<Size, readonly [string, string]>> = {
  small: ['300', '250'],
  large: ['728', '90'],
  other: ['120', '600'],
};
const size = fc.constantFrom<Size>('small', 'large', 'other');
const few = fc.nat({ max: 2 });
const trackings = fc.array(fc.constantFrom('start', 'midpoint', 'complete', 'mute', 'progress'), { maxLength: 3 });
const program = fc.constantFrom('AdChoices', 'Program > "2"', 'third');

const icon = fc.record({ program, clicks: few, views: few });
const linear = fc.record({
  trackings,
  clickThrough: fc.boolean(),
  clickTracking: few,
  customClick: few,
  icons: fc.array(icon, { maxLength: 2 }),
});
const nonLinear = fc.record({
  trackings,
  clickTracking: few,
  customClick: few,
  icons: fc.array(icon, { maxLength: 2 }),
  hasMedia: fc.boolean(),
});
const signal = fc.option(fc.constantFrom('5', '7', '9'), { nil: null });
const portfolio = fc.record({
  plcmt: signal,
  attr: fc.array(fc.constantFrom('19', '21'), { maxLength: 2 }),
  trackings,
  clickTracking: few,
  customClick: few,
  icons: fc.array(icon, { maxLength: 2 }),
});
const companion = fc.record({
  id: fc.constantFrom('c1', 'c2', undefined),
  size,
  hasResource: fc.boolean(),
  clickTracking: few,
  views: few,
});
const verification = fc.record({ inExtension: fc.boolean(), notExecuted: few, parameters: fc.boolean() });

export const adParts = fc.record({
  impressions: fc.integer({ min: 1, max: 3 }),
  errors: few,
  viewable: fc.option(fc.record({ Viewable: few, NotViewable: few, ViewUndetermined: few }), { nil: null }),
  pricing: fc.boolean(),
  linears: fc.oneof(
    { weight: 3, arbitrary: fc.array(linear, { minLength: 1, maxLength: 1 }) },
    fc.array(linear, { maxLength: 2 }),
  ),
  nonLinears: fc.array(nonLinear, { maxLength: 1 }),
  companions: fc.array(companion, { maxLength: 3 }),
  verifications: fc.array(verification, { maxLength: 2 }),
  extensions: few,
  portfolios: fc.oneof(
    { weight: 3, arbitrary: fc.array(portfolio, { maxLength: 0 }) },
    fc.array(portfolio, { minLength: 1, maxLength: 2 }),
  ),
});

export type AdParts = typeof adParts extends fc.Arbitrary<infer T> ? T : never;

/** How an ad is built: its version, whether only what that version's schema knows, and where URLs come from. */
export type Build = { readonly version: Version; readonly strict: boolean; readonly url: DrawUrl };

export function el(name: string, content: string | readonly Xml[] = '', attributes: Xml['attributes'] = {}): Xml {
  return { name, attributes, content };
}

/** The children of an InLine, or of a Wrapper besides its VASTAdTagURI. */
export function bodyOf(kind: 'InLine' | 'Wrapper', parts: AdParts, build: Build): readonly Xml[] {
  const { version, strict, url } = build;
  const isInLine = kind === 'InLine';
  const is4 = version >= '4.0';
  const from = (first: Version): boolean => !strict || version >= first;
  const times = (count: number, name: string, attributes: Xml['attributes'] = {}): Xml[] =>
    Array.from({ length: count }, () => el(name, url(), attributes));

  const impressions = Array.from({ length: parts.impressions }, (_, i) =>
    el('Impression', url(), { id: i === 0 && from(isInLine ? '2.0' : '4.0') ? 'a>b "c"' : undefined }),
  );
  const errorCount = strict && !is4 ? Math.min(1, parts.errors) : parts.errors;
  const errors = Array.from({ length: errorCount }, () => el('Error', `${url()}&code=[ERRORCODE]`));
  const pricing =
    parts.pricing && from(isInLine ? '3.0' : '4.0') ? [el('Pricing', '1.5', { model: 'cpm', currency: 'USD' })] : [];
  const viewable =
    parts.viewable !== null && from('4.0')
      ? [
          el(
            'ViewableImpression',
            Object.entries(parts.viewable).flatMap(([name, n]) => times(n, name)),
            { id: 'v' },
          ),
        ]
      : [];
  const verifications = parts.verifications.map((each) => ({ ...each, xml: verificationOf(each, build) }));
  const inElement = (each: { inExtension: boolean }): boolean => version >= '4.1' && (strict || !each.inExtension);
  const elements = verifications.filter(inElement).map(({ xml }) => xml);
  const outside = verifications.filter((each) => !inElement(each)).map(({ xml }) => xml);
  const extensions = Array.from({ length: parts.extensions }, () =>
    el('Extension', [el('x:note', url(), { 'x:at': 'a>b' })], { type: 'note' }),
  );
  if (!strict) extensions.push(...parts.portfolios.map((each) => portfolioOf(each, build)));
  // One extension for each, as some ad servers write them: none may be lost, none may run twice.
  for (const each of outside)
    extensions.push(el('Extension', [el('AdVerifications', [each])], { type: 'AdVerifications' }));

  const creatives = creativesOf(isInLine, parts, build);
  const adVerifications = elements.length > 0 ? [el('AdVerifications', elements)] : [];
  const home = (name: string, list: readonly Xml[]): Xml[] => (list.length > 0 ? [el(name, list)] : []);
  const servingId = from('4.1') && isInLine ? [el('AdServingId', 'serving-1')] : [];
  const title = isInLine ? [el('AdTitle', 'Title & more')] : [];
  if (is4) {
    const head = [
      el('AdSystem', 'S', { version: '1>0' }),
      ...errors,
      ...home('Extensions', extensions),
      ...impressions,
      ...pricing,
      ...viewable,
    ];
    return [...head, ...servingId, ...title, ...adVerifications, ...home('Creatives', creatives)];
  }
  const late = [...viewable, ...adVerifications];
  const middle = isInLine ? [...title, ...pricing] : [];
  return [
    ...[el('AdSystem', 'S'), ...middle, ...errors, ...impressions],
    ...[...late, el('Creatives', creatives), ...home('Extensions', extensions)],
  ];
}

function creativesOf(isInLine: boolean, parts: AdParts, build: Build): Xml[] {
  const is4 = build.version >= '4.0';
  const companions = isInLine ? parts.companions.filter(({ hasResource }) => hasResource) : parts.companions;
  const held = [
    ...parts.linears.map((each) => linearOf(isInLine, each, build)),
    ...parts.nonLinears.map((each) => nonLinearsOf(isInLine, each, build)),
    ...(companions.length > 0
      ? [
          el(
            'CompanionAds',
            companions.map((each) => companionOf(isInLine, each, build)),
          ),
        ]
      : []),
  ];
  const universalId = el('UniversalAdId', 'CNPA0484000H', {
    idRegistry: 'ad-id.org',
    idValue: build.version === '4.0' ? 'CNPA0484000H' : undefined,
  });
  if (held.length === 0 && isInLine)
    held.push(
      linearOf(true, { trackings: [], clickThrough: false, clickTracking: 0, customClick: 0, icons: [] }, build),
    );
  return held.map((each, i) => el('Creative', is4 && isInLine ? [each, universalId] : [each], { id: `creative${i}` }));
}

function linearOf(isInLine: boolean, parts: AdParts['linears'][number], build: Build): Xml {
  const { version, strict, url } = build;
  const from = (first: Version): boolean => !strict || version >= first;
  const icons = strict && (version === '4.0' || version === '4.1') ? parts.icons.slice(0, 1) : parts.icons;
  const iconList =
    from('3.0') && icons.length > 0
      ? [
          el(
            'Icons',
            icons.map((each) => iconOf(each, build)),
          ),
        ]
      : [];
  const tracking = parts.trackings.length > 0 ? [trackingEvents(parts.trackings, build)] : [];
  const through = parts.clickThrough && (isInLine || from('4.2')) ? [el('ClickThrough', url())] : [];
  const clicks = Array.from({ length: parts.clickTracking }, () => el('ClickTracking', url(), { id: 'click' }));
  const custom =
    isInLine || from('3.0') ? Array.from({ length: parts.customClick }, () => el('CustomClick', url())) : [];
  const all =
    version < '4.0'
      ? [...through, ...clicks, ...custom]
      : version < '4.2'
        ? [...clicks, ...custom, ...through]
        : [...clicks, ...through, ...custom];
  const videoClicks = all.length > 0 ? [el('VideoClicks', all)] : [];
  if (!isInLine) return el('Linear', [...iconList, ...tracking, ...videoClicks]);
  const duration = el('Duration', '00:00:15');
  const file = el('MediaFile', url(), { delivery: 'progressive', type: 'video/mp4', width: '640', height: '360' });
  const media = el('MediaFiles', [file]);
  return el(
    'Linear',
    version < '4.0'
      ? [...iconList, duration, ...tracking, ...videoClicks, media]
      : [...iconList, ...tracking, duration, media, ...videoClicks],
  );
}

function iconOf(parts: AdParts['linears'][number]['icons'][number], { version, url }: Build): Xml {
  const clicks = Array.from({ length: parts.clicks }, () => el('IconClickTracking', url()));
  const through = el('IconClickThrough', url());
  const children = [
    el('StaticResource', url(), { creativeType: 'image/png' }),
    el('IconClicks', version < '4.0' ? [...clicks, through] : [through, ...clicks]),
    ...Array.from({ length: parts.views }, () => el('IconViewTracking', url())),
  ];
  return el('Icon', children, {
    program: parts.program,
    width: '20',
    height: '20',
    xPosition: 'left',
    yPosition: 'top',
  });
}

function nonLinearsOf(isInLine: boolean, parts: AdParts['nonLinears'][number], build: Build): Xml {
  const { version, strict, url } = build;
  const events = [trackingEvents(parts.trackings.length > 0 ? ['creativeView'] : [], build)];
  // Strictly, a Wrapper of 4.x has one NonLinearClickTracking at most, and 2.0 none.
  const most = strict && version === '2.0' ? 0 : strict && version >= '4.0' && !isInLine ? 1 : 2;
  const clicks = Array.from({ length: Math.min(most, parts.clickTracking) }, () => el('NonLinearClickTracking', url()));
  const through = isInLine ? [el('NonLinearClickThrough', url())] : [];
  const resource = isInLine ? [el('StaticResource', url(), { creativeType: 'image/png' })] : [];
  const attributes = isInLine || version === '2.0' ? { width: '300', height: '50' } : {};
  const children = version < '4.0' ? [...resource, ...clicks, ...through] : [...resource, ...through, ...clicks];
  if (strict) return el('NonLinearAds', [...events, el('NonLinear', children, version === '4.0' ? {} : attributes)]);
  const media = isInLine && parts.hasMedia ? [el('Duration', '00:00:15'), mediaFilesOf(url)] : [];
  const custom = Array.from({ length: parts.customClick }, () => el('NonLinearCustomClick', url()));
  const icons = parts.icons.map((each) => iconOf(each, build));
  const held = el('NonLinear', [...media, ...children, ...custom], attributes);
  return el('NonLinearAds', [...events, held, ...(icons.length > 0 ? [el('Icons', icons)] : [])]);
}

const mediaFilesOf = (url: DrawUrl): Xml =>
  el('MediaFiles', [
    el('MediaFile', url(), { delivery: 'progressive', type: 'image/png', width: '640', height: '360' }),
  ]);

function portfolioOf(parts: AdParts['portfolios'][number], build: Build): Xml {
  const times = (count: number, name: string): Xml[] => Array.from({ length: count }, () => el(name, build.url()));
  const children = [
    ...(parts.plcmt === null ? [] : [el('plcmt', parts.plcmt)]),
    ...parts.attr.map((each) => el('attr', each)),
    mediaFilesOf(build.url),
    ...(parts.trackings.length > 0 ? [trackingEvents(parts.trackings, build)] : []),
    ...times(parts.clickTracking, 'NonLinearClickTracking'),
    ...times(parts.customClick, 'NonLinearCustomClick'),
    ...(parts.icons.length > 0
      ? [
          el(
            'Icons',
            parts.icons.map((each) => iconOf(each, build)),
          ),
        ]
      : []),
  ];
  return el('Extension', children, { type: 'ctv_ad_portfolio' });
}

function companionOf(isInLine: boolean, parts: AdParts['companions'][number], build: Build): Xml {
  const { version, strict, url } = build;
  const resource = parts.hasResource ? [el('StaticResource', url(), { creativeType: 'image/png' })] : [];
  const through = parts.hasResource ? [el('CompanionClickThrough', url())] : [];
  const knowsClicks = !strict || version >= '4.0' || (version === '3.0' && !isInLine);
  const clicks = Array.from({ length: knowsClicks ? parts.clickTracking : 0 }, () =>
    el('CompanionClickTracking', url(), { id: strict && version < '4.0' ? undefined : 'k' }),
  );
  const events = parts.views > 0 ? [trackingEvents(Array<string>(parts.views).fill('creativeView'), build)] : [];
  const [width, height] = SIZES[parts.size];
  const children =
    version < '4.0' ? [...resource, ...events, ...through, ...clicks] : [...resource, ...through, ...clicks, ...events];
  return el('Companion', children, { id: parts.id, width, height });
}

function verificationOf(parts: AdParts['verifications'][number], { url }: Build): Xml {
  const children = [el('JavaScriptResource', url(), { apiFramework: 'omid', browserOptional: 'true' })];
  const events = Array.from({ length: parts.notExecuted }, () =>
    el('Tracking', url(), { event: 'verificationNotExecuted' }),
  );
  if (events.length > 0) children.push(el('TrackingEvents', events));
  if (parts.parameters) children.push(el('VerificationParameters', '{"a": "<b> & c"}'));
  return el('Verification', children, { vendor: 'vendor.example-omid' });
}

function trackingEvents(events: readonly string[], { version, strict, url }: Build): Xml {
  const known = events.map((event) => (event === 'progress' && strict && version === '2.0' ? 'start' : event));
  return el(
    'TrackingEvents',
    known.map((event) => el('Tracking', url(), { event, offset: event === 'progress' ? '00:00:05' : undefined })),
  );
}
