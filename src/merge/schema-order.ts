import type { Version } from '../vast/document.ts';

/** The schemas that IAB Tech Lab published; nobody published one for 4.3, which is held against 4.2. */
export const SCHEMA_VERSIONS = ['2.0', '3.0', '4.0', '4.1', '4.2'] as const;
export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

/** In which of the two an element stands: the schemas allow less in a Wrapper, and in 3.0 in another order. */
export type Side = 'InLine' | 'Wrapper';

type Orders = Readonly<Partial<Record<SchemaVersion, string>>>;

/**
 * The children of every element that merging adds to or copies, in the order of the schema. A version that is not
 * listed is as the one before it; a row for `Wrapper/X` stands in for X inside a Wrapper.
 */
export const SCHEMA_ORDER: Readonly<Record<string, Orders>> = {
  VAST: { '2.0': 'Ad', '4.0': 'Ad Error' },
  InLine: {
    '2.0': 'AdSystem AdTitle Description Survey Error Impression Creatives Extensions',
    '3.0': 'AdSystem AdTitle Description Advertiser Pricing Survey Error Impression Creatives Extensions',
    '4.0':
      'AdSystem Error Extensions Impression Pricing ViewableImpression ' +
      'AdTitle AdVerifications Advertiser Category Creatives Description Survey',
    '4.1':
      'AdSystem Error Extensions Impression Pricing ViewableImpression ' +
      'AdServingId AdTitle AdVerifications Advertiser Category Creatives Description Expires Survey',
  },
  Wrapper: {
    '2.0': 'AdSystem VASTAdTagURI Error Impression Creatives Extensions',
    '4.0': 'AdSystem Error Extensions Impression Pricing ViewableImpression AdVerifications Creatives VASTAdTagURI',
    '4.1':
      'AdSystem Error Extensions Impression Pricing ViewableImpression ' +
      'AdVerifications BlockedAdCategories Creatives VASTAdTagURI',
  },
  ViewableImpression: { '4.0': 'Viewable NotViewable ViewUndetermined' },
  AdVerifications: { '4.0': 'Verification' },
  Verification: {
    '4.0': 'FlashResource JavaScriptResource ViewableImpression',
    '4.1': 'ExecutableResource JavaScriptResource TrackingEvents VerificationParameters',
  },
  'Wrapper/Verification': {
    '4.0': 'ViewableImpression',
    '4.1': 'ExecutableResource JavaScriptResource TrackingEvents VerificationParameters',
  },
  Extensions: { '2.0': 'Extension' },
  Creatives: { '2.0': 'Creative' },
  Creative: {
    '2.0': 'Linear CompanionAds NonLinearAds',
    '4.0': 'CompanionAds CreativeExtensions Linear NonLinearAds UniversalAdId',
  },
  'Wrapper/Creative': { '2.0': 'Linear CompanionAds NonLinearAds', '4.0': 'CompanionAds Linear NonLinearAds' },
  Linear: {
    '2.0': 'Duration TrackingEvents AdParameters VideoClicks MediaFiles',
    '3.0': 'Icons CreativeExtensions Duration TrackingEvents AdParameters VideoClicks MediaFiles',
    '4.0': 'Icons TrackingEvents AdParameters Duration MediaFiles VideoClicks',
  },
  'Wrapper/Linear': {
    '2.0': 'TrackingEvents VideoClicks',
    '3.0': 'CreativeExtensions Icons TrackingEvents VideoClicks',
    '4.0': 'Icons TrackingEvents VideoClicks',
  },
  TrackingEvents: { '2.0': 'Tracking' },
  VideoClicks: {
    '2.0': 'ClickThrough ClickTracking CustomClick',
    '4.0': 'ClickTracking CustomClick ClickThrough',
    '4.2': 'ClickTracking ClickThrough CustomClick',
  },
  'Wrapper/VideoClicks': {
    '2.0': 'ClickTracking',
    '3.0': 'ClickTracking CustomClick',
    '4.2': 'ClickTracking ClickThrough CustomClick',
  },
  Icons: { '3.0': 'Icon' },
  Icon: {
    '3.0': 'StaticResource IFrameResource HTMLResource IconClicks IconViewTracking',
    '4.0': 'HTMLResource IFrameResource StaticResource IconClicks IconViewTracking',
  },
  IconClicks: {
    '3.0': 'IconClickTracking IconClickThrough',
    '4.0': 'IconClickThrough IconClickTracking',
    '4.2': 'IconClickFallbackImages IconClickThrough IconClickTracking',
  },
  NonLinearAds: { '2.0': 'TrackingEvents NonLinear' },
  NonLinear: {
    '2.0': 'StaticResource IFrameResource HTMLResource NonLinearClickThrough AdParameters',
    '3.0':
      'StaticResource IFrameResource HTMLResource CreativeExtensions ' +
      'NonLinearClickTracking NonLinearClickThrough AdParameters',
    '4.0': 'HTMLResource IFrameResource StaticResource AdParameters NonLinearClickThrough NonLinearClickTracking',
  },
  'Wrapper/NonLinear': {
    '2.0': 'StaticResource IFrameResource HTMLResource NonLinearClickThrough AdParameters',
    '3.0': 'CreativeExtensions NonLinearClickTracking',
    '4.0': 'NonLinearClickTracking',
  },
  CompanionAds: { '2.0': 'Companion' },
  Companion: {
    '2.0': 'StaticResource IFrameResource HTMLResource TrackingEvents CompanionClickThrough AltText AdParameters',
    '3.0':
      'StaticResource IFrameResource HTMLResource CreativeExtensions TrackingEvents ' +
      'CompanionClickThrough AltText AdParameters',
    '4.0':
      'HTMLResource IFrameResource StaticResource AdParameters AltText CompanionClickThrough ' +
      'CompanionClickTracking CreativeExtensions TrackingEvents',
  },
  'Wrapper/Companion': {
    '2.0': 'StaticResource IFrameResource HTMLResource TrackingEvents CompanionClickThrough AltText AdParameters',
    '3.0':
      'StaticResource IFrameResource HTMLResource CreativeExtensions TrackingEvents ' +
      'CompanionClickThrough CompanionClickTracking AltText AdParameters',
    '4.0':
      'HTMLResource IFrameResource StaticResource AdParameters AltText CompanionClickThrough ' +
      'CompanionClickTracking CreativeExtensions TrackingEvents',
  },
};

/** The place of each child name in its parent, from 0. */
export type Ranks = ReadonlyMap<string, number>;

const RANKS: ReadonlyMap<string, readonly (Ranks | undefined)[]> = new Map(
  Object.entries(SCHEMA_ORDER).map(([parent, orders]) => {
    let latest: Ranks | undefined;
    const byVersion = SCHEMA_VERSIONS.map((version) => {
      const order = orders[version];
      if (order !== undefined) latest = new Map(order.split(' ').map((name, rank) => [name, rank]));
      return latest;
    });
    return [parent, byVersion];
  }),
);

const INDEX: Readonly<Record<Version, number>> = { '2.0': 0, '3.0': 1, '4.0': 2, '4.1': 3, '4.2': 4, '4.3': 4 };

/** The schema that a document of this version is held against. */
export const schemaVersion = (version: Version): SchemaVersion => SCHEMA_VERSIONS[INDEX[version]]!;

const ranksByVersion = (parent: string, side: Side): readonly (Ranks | undefined)[] | undefined =>
  (side === 'Wrapper' ? RANKS.get(`Wrapper/${parent}`) : undefined) ?? RANKS.get(parent);

/** Does the schema of this version know such a child? True where the parent's content is open (Extension). */
export function knows(version: Version, side: Side, parent: string, name: string): boolean {
  const byVersion = ranksByVersion(parent, side);
  return byVersion === undefined || (byVersion[INDEX[version]]?.has(name) ?? false);
}

/** Does the schema of any version know such a child? */
export function isKnown(parent: string, name: string): boolean {
  return [RANKS.get(parent), RANKS.get(`Wrapper/${parent}`)].some((byVersion) =>
    byVersion?.some((ranks) => ranks?.has(name)),
  );
}

/**
 * The order of a parent's children by which a child of this name finds its place: the order of the document's version,
 * else that of the lowest version that knows the child.
 */
export function ranksFor(version: Version, side: Side, parent: string, name: string): Ranks | undefined {
  const byVersion = ranksByVersion(parent, side);
  const own = byVersion?.[INDEX[version]];
  if (own?.has(name)) return own;
  return byVersion?.find((ranks) => ranks?.has(name)) ?? RANKS.get(parent)?.find((ranks) => ranks?.has(name)) ?? own;
}
