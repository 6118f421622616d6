/** The schemas that IAB Tech Lab published. There is none for 4.3, and that of 4.4 is a draft: both are held against 4.2. */
export const SCHEMA_VERSIONS = ['2.0', '3.0', '4.0', '4.1', '4.2'] as const;
export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

/** A row of one of the tables: words by the version that brought them. A version that is not listed is as the one before it. */
export type Row = Readonly<Partial<Record<SchemaVersion, string>>>;

/**
 * The children of every element, in the order of the schema. `!` is exactly one, `+` one or more, `*` any number,
 * nothing at most one; `...` is anything. `Wrapper/X` stands in for X inside a Wrapper; an element without a row holds
 * text alone.
 */
export const CHILDREN: Readonly<Record<string, Row>> = {
  VAST: { '2.0': 'Ad*', '4.0': 'Ad* Error*' },
  Ad: { '2.0': 'InLine Wrapper' },
  InLine: {
    '2.0': 'AdSystem! AdTitle! Description Survey Error Impression+ Creatives! Extensions',
    '3.0': 'AdSystem! AdTitle! Description Advertiser Pricing Survey Error Impression+ Creatives! Extensions',
    '4.0':
      'AdSystem! Error* Extensions Impression+ Pricing ViewableImpression ' +
      'AdTitle! AdVerifications Advertiser Category* Creatives! Description Survey',
    '4.1':
      'AdSystem! Error* Extensions Impression+ Pricing ViewableImpression ' +
      'AdServingId! AdTitle! AdVerifications Advertiser Category* Creatives! Description Expires Survey',
  },
  Wrapper: {
    '2.0': 'AdSystem! VASTAdTagURI! Error Impression+ Creatives! Extensions',
    '4.0': 'AdSystem! Error* Extensions Impression+ Pricing ViewableImpression AdVerifications Creatives VASTAdTagURI!',
    '4.1':
      'AdSystem! Error* Extensions Impression+ Pricing ViewableImpression ' +
      'AdVerifications BlockedAdCategories* Creatives VASTAdTagURI!',
  },
  ViewableImpression: { '4.0': 'Viewable* NotViewable* ViewUndetermined*' },
  AdVerifications: { '4.0': 'Verification*' },
  Verification: {
    '4.0': 'FlashResource* JavaScriptResource* ViewableImpression',
    '4.1': 'ExecutableResource* JavaScriptResource* TrackingEvents VerificationParameters',
  },
  'Wrapper/Verification': {
    '4.0': 'ViewableImpression',
    '4.1': 'ExecutableResource* JavaScriptResource* TrackingEvents VerificationParameters',
  },
  'Verification/ViewableImpression': { '4.0': '' },
  Extensions: { '2.0': 'Extension*' },
  Extension: { '2.0': '...' },
  Creatives: { '2.0': 'Creative+' },
  'Wrapper/Creatives': { '2.0': 'Creative*', '4.0': 'Creative+' },
  Creative: {
    '2.0': 'Linear CompanionAds NonLinearAds',
    '4.0': 'CompanionAds CreativeExtensions Linear NonLinearAds UniversalAdId!',
    '4.2': 'CompanionAds CreativeExtensions Linear NonLinearAds UniversalAdId+',
  },
  'Wrapper/Creative': { '2.0': 'Linear CompanionAds NonLinearAds', '4.0': 'CompanionAds Linear NonLinearAds' },
  CreativeExtensions: { '3.0': 'CreativeExtension*' },
  CreativeExtension: { '3.0': '...' },
  Linear: {
    '2.0': 'Duration! TrackingEvents AdParameters VideoClicks MediaFiles',
    '3.0': 'Icons CreativeExtensions Duration! TrackingEvents AdParameters VideoClicks MediaFiles',
    '4.0': 'Icons TrackingEvents AdParameters Duration! MediaFiles! VideoClicks',
  },
  'Wrapper/Linear': {
    '2.0': 'TrackingEvents VideoClicks',
    '3.0': 'CreativeExtensions Icons TrackingEvents VideoClicks',
    '4.0': 'Icons TrackingEvents VideoClicks',
  },
  MediaFiles: {
    '2.0': 'MediaFile+',
    '4.0': 'MediaFile+ Mezzanine InteractiveCreativeFile*',
    '4.1': 'ClosedCaptionFiles MediaFile+ Mezzanine* InteractiveCreativeFile*',
  },
  ClosedCaptionFiles: { '4.1': 'ClosedCaptionFile*' },
  TrackingEvents: { '2.0': 'Tracking*' },
  VideoClicks: {
    '2.0': 'ClickThrough ClickTracking* CustomClick*',
    '4.0': 'ClickTracking* CustomClick* ClickThrough',
    '4.2': 'ClickTracking* ClickThrough CustomClick*',
  },
  'Wrapper/VideoClicks': {
    '2.0': 'ClickTracking*',
    '3.0': 'ClickTracking* CustomClick*',
    '4.2': 'ClickTracking* ClickThrough CustomClick*',
  },
  Icons: { '3.0': 'Icon+', '4.0': 'Icon', '4.2': 'Icon+' },
  Icon: {
    '3.0': 'StaticResource IFrameResource HTMLResource IconClicks IconViewTracking*',
    '4.0': 'HTMLResource* IFrameResource* StaticResource* IconClicks IconViewTracking*',
  },
  IconClicks: {
    '3.0': 'IconClickTracking* IconClickThrough',
    '4.0': 'IconClickThrough IconClickTracking*',
    '4.2': 'IconClickFallbackImages IconClickThrough IconClickTracking*',
  },
  IconClickFallbackImages: { '4.2': 'IconClickFallbackImage+' },
  IconClickFallbackImage: { '4.2': 'AltText StaticResource' },
  NonLinearAds: { '2.0': 'TrackingEvents NonLinear+', '4.0': 'TrackingEvents NonLinear*' },
  'Wrapper/NonLinearAds': { '2.0': 'TrackingEvents NonLinear*' },
  NonLinear: {
    '2.0': 'StaticResource IFrameResource HTMLResource NonLinearClickThrough AdParameters',
    '3.0':
      'StaticResource IFrameResource HTMLResource CreativeExtensions ' +
      'NonLinearClickTracking* NonLinearClickThrough AdParameters',
    '4.0': 'HTMLResource* IFrameResource* StaticResource* AdParameters NonLinearClickThrough NonLinearClickTracking*',
  },
  'Wrapper/NonLinear': {
    '2.0': 'StaticResource IFrameResource HTMLResource NonLinearClickThrough AdParameters',
    '3.0': 'CreativeExtensions NonLinearClickTracking*',
    '4.0': 'NonLinearClickTracking',
  },
  CompanionAds: { '2.0': 'Companion*' },
  Companion: {
    '2.0': 'StaticResource IFrameResource HTMLResource TrackingEvents CompanionClickThrough AltText AdParameters',
    '3.0':
      'StaticResource IFrameResource HTMLResource CreativeExtensions TrackingEvents ' +
      'CompanionClickThrough AltText AdParameters',
    '4.0':
      'HTMLResource* IFrameResource* StaticResource* AdParameters AltText CompanionClickThrough ' +
      'CompanionClickTracking* CreativeExtensions TrackingEvents',
  },
  'Wrapper/Companion': {
    '2.0': 'StaticResource IFrameResource HTMLResource TrackingEvents CompanionClickThrough AltText AdParameters',
    '3.0':
      'StaticResource IFrameResource HTMLResource CreativeExtensions TrackingEvents ' +
      'CompanionClickThrough CompanionClickTracking* AltText AdParameters',
    '4.0':
      'HTMLResource* IFrameResource* StaticResource* AdParameters AltText CompanionClickThrough ' +
      'CompanionClickTracking* CreativeExtensions TrackingEvents',
  },
};

/**
 * The attributes of every element; `!` is required, `...` is anything. Where a schema is known to have forgotten what its
 * specification describes, the specification is followed: NonLinear in 4.0 and in Wrappers, Advertiser@id, the texts of
 * Icon, the type of a fallback image, and attributes on Extension in 2.0.
 */
export const ATTRIBUTES: Readonly<Record<string, Row>> = {
  VAST: { '2.0': 'version!' },
  Ad: {
    '2.0': 'id!',
    '3.0': 'id sequence',
    '4.0': 'id sequence conditionalAd',
    '4.1': 'id sequence conditionalAd adType',
  },
  Wrapper: { '4.0': 'followAdditionalWrappers allowMultipleAds fallbackOnNoAd' },
  AdSystem: { '2.0': 'version' },
  Advertiser: { '4.1': 'id' },
  Impression: { '2.0': 'id' },
  'Wrapper/Impression': { '2.0': '', '4.0': 'id' },
  Pricing: { '3.0': 'model! currency!' },
  Category: { '4.0': 'authority!' },
  BlockedAdCategories: { '4.1': 'authority' },
  Survey: { '4.0': 'type' },
  ViewableImpression: { '4.0': 'id' },
  Verification: { '4.0': 'vendor' },
  JavaScriptResource: { '4.0': 'apiFramework', '4.1': 'apiFramework browserOptional' },
  FlashResource: { '4.0': 'apiFramework' },
  ExecutableResource: { '4.1': 'apiFramework type' },
  Extension: { '2.0': '...', '4.0': 'type' },
  CreativeExtension: { '3.0': '...' },
  Creative: { '2.0': 'id sequence AdID', '4.0': 'sequence apiFramework id adId' },
  UniversalAdId: { '4.0': 'idRegistry! idValue!', '4.1': 'idRegistry!' },
  Linear: { '3.0': 'skipoffset' },
  'Wrapper/Linear': { '4.0': 'skipoffset' },
  AdParameters: { '3.0': 'xmlEncoded' },
  MediaFile: {
    '2.0': 'id delivery! type! bitrate width! height! scalable maintainAspectRatio apiFramework',
    '3.0':
      'id delivery! type! bitrate minBitrate maxBitrate width! height! scalable maintainAspectRatio apiFramework codec',
    '4.1':
      'id delivery! type! width! height! codec bitrate minBitrate maxBitrate scalable maintainAspectRatio ' +
      'fileSize mediaType apiFramework',
  },
  Mezzanine: { '4.1': 'id delivery! type! width! height! codec fileSize mediaType' },
  InteractiveCreativeFile: { '4.0': 'type apiFramework', '4.1': 'type apiFramework variableDuration' },
  ClosedCaptionFile: { '4.1': 'type language' },
  Tracking: { '2.0': 'event!', '3.0': 'event! offset' },
  'Verification/Tracking': { '4.1': 'event!' },
  ClickThrough: { '2.0': 'id' },
  ClickTracking: { '2.0': 'id' },
  CustomClick: { '2.0': 'id' },
  Icon: {
    '3.0': 'program! width! height! xPosition! yPosition! offset duration apiFramework',
    '4.0': 'program width height xPosition yPosition duration offset apiFramework pxratio',
    '4.2': 'program width height xPosition yPosition duration offset apiFramework pxratio altText hoverText',
  },
  IconClickTracking: { '4.0': 'id' },
  IconClickFallbackImage: { '4.2': 'height width' },
  'IconClickFallbackImage/StaticResource': { '4.2': 'creativeType' },
  NonLinear: {
    '2.0':
      'id width! height! expandedWidth expandedHeight scalable maintainAspectRatio minSuggestedDuration apiFramework',
    '4.0':
      'id width height expandedWidth expandedHeight scalable maintainAspectRatio minSuggestedDuration apiFramework',
    '4.1':
      'id width! height! expandedWidth expandedHeight scalable maintainAspectRatio minSuggestedDuration apiFramework',
  },
  'Wrapper/NonLinear': {
    '2.0':
      'id width! height! expandedWidth expandedHeight scalable maintainAspectRatio minSuggestedDuration apiFramework',
    '3.0':
      'id width height expandedWidth expandedHeight scalable maintainAspectRatio minSuggestedDuration apiFramework',
  },
  NonLinearClickTracking: { '4.0': 'id' },
  CompanionAds: { '3.0': 'required' },
  'Wrapper/CompanionAds': { '3.0': '', '4.0': 'required' },
  Companion: {
    '2.0': 'id width! height! expandedWidth expandedHeight apiFramework',
    '3.0': 'id width! height! assetWidth assetHeight expandedWidth expandedHeight apiFramework adSlotId',
    '4.0': 'id width! height! assetWidth assetHeight expandedWidth expandedHeight apiFramework adSlotID pxratio',
    '4.1':
      'id width! height! assetWidth assetHeight expandedWidth expandedHeight apiFramework adSlotId pxratio ' +
      'renderingMode',
  },
  CompanionClickTracking: { '4.0': 'id!' },
  StaticResource: { '2.0': 'creativeType!' },
  HTMLResource: { '3.0': 'xmlEncoded', '4.0': '' },
};

/** The schema that a document of this version is held against. */
export function schemaVersion(version: SchemaVersion | '4.3' | '4.4'): SchemaVersion {
  return version === '4.3' || version === '4.4' ? '4.2' : version;
}

/** The words of a row for a version, as they are written; undefined where the version does not know the element. */
export function wordsOf(row: Row | undefined, version: SchemaVersion): readonly string[] | undefined {
  const from = SCHEMA_VERSIONS.findLast((each) => each <= version && row?.[each] !== undefined);
  return from === undefined ? undefined : row![from]!.split(' ').filter((word) => word !== '');
}
