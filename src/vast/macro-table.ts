/** A macro of VAST [VAST 4.3, 6; the macro list of the IAB Tech Lab]. */
export type Macro = {
  /** Without its brackets. */
  readonly name: string;
  /** The version of VAST that brought it. */
  readonly since: string;
  readonly type: string;
  /** May it stand in an ad tag URI? Those are filled by this service. */
  readonly inTagRequests: boolean;
  /** May it stand in a tracking URL? Those are left to the player. */
  readonly inTrackers: boolean;
  /** Does its value belong to one user, device or impression, so that nobody else may get what it brought? */
  readonly personal: boolean;
};

const row = (
  name: string,
  since: string,
  type: string,
  place: 'both' | 'tag' | 'tracker',
  personal?: 'personal',
): Macro => ({
  name,
  since,
  type,
  inTagRequests: place !== 'tracker',
  inTrackers: place !== 'tag',
  personal: personal !== undefined,
});

export const MACROS: readonly Macro[] = [
  row('TIMESTAMP', '4.0', 'string', 'both', 'personal'),
  row('CACHEBUSTING', '3.0', 'integer', 'both', 'personal'),
  row('CONTENTPLAYHEAD', '3.0', 'timecode', 'both', 'personal'),
  row('MEDIAPLAYHEAD', '4.1', 'timecode', 'both', 'personal'),
  row('BREAKPOSITION', '4.1', 'integer', 'both'),
  row('BLOCKEDADCATEGORIES', '4.1', 'Array<string>', 'tag'),
  row('ADCATEGORIES', '4.1', 'Array<string>', 'tag'),
  row('ADCOUNT', '4.1', 'integer', 'both'),
  row('TRANSACTIONID', '4.1', 'UUID', 'both', 'personal'),
  row('PLACEMENTTYPE', '4.1', 'integer', 'both'),
  row('ADTYPE', '4.1', 'string', 'both'),
  row('UNIVERSALADID', '4.1', 'Array<string>', 'tracker'),
  row('BREAKMAXDURATION', '4.2', 'integer', 'both'),
  row('BREAKMAXADS', '4.2', 'integer', 'both'),
  row('BREAKMINADLENGTH', '4.2', 'integer', 'both'),
  row('BREAKMAXADLENGTH', '4.2', 'integer', 'both'),
  row('IFA', '4.1', 'string', 'both', 'personal'),
  row('IFATYPE', '4.1', 'string', 'both', 'personal'),
  row('CLIENTUA', '4.1', 'string', 'both', 'personal'),
  row('SERVERUA', '4.1', 'string', 'both'),
  row('DEVICEUA', '4.1', 'string', 'both', 'personal'),
  row('SERVERSIDE', '4.1', 'integer', 'both'),
  row('DEVICEIP', '4.1', 'string', 'both', 'personal'),
  row('LATLONG', '4.1', 'Array<number>(2)', 'both', 'personal'),
  row('DOMAIN', '4.1', 'string', 'both'),
  row('PAGEURL', '4.1', 'string', 'both', 'personal'),
  row('APPBUNDLE', '4.1', 'string', 'both'),
  row('VASTVERSIONS', '4.1', 'Array<integer>', 'tag'),
  row('APIFRAMEWORKS', '4.1', 'Array<number>', 'tag'),
  row('EXTENSIONS', '4.1', 'Array<string>', 'tag'),
  row('VERIFICATIONVENDORS', '4.1', 'Array<string>', 'tag'),
  row('OMIDPARTNER', '4.1', 'string', 'both'),
  row('MEDIAMIME', '4.1', 'Array<string>', 'tag'),
  row('PLAYERCAPABILITIES', '4.1', 'Array<string>', 'both'),
  row('CLICKTYPE', '4.1', 'integer', 'both'),
  row('PLAYERSTATE', '4.1', 'Array<string>', 'tracker', 'personal'),
  row('INVENTORYSTATE', '4.1', 'Array<string>', 'both', 'personal'),
  row('PLAYERSIZE', '4.1', 'Array<integer>', 'both', 'personal'),
  row('ADPLAYHEAD', '4.1', 'timecode', 'tracker', 'personal'),
  row('ASSETURI', '3.0', 'string', 'tracker'),
  row('CONTENTID', '4.1', 'string', 'both'),
  row('CONTENTURI', '4.1', 'string', 'both'),
  row('PODSEQUENCE', '4.1', 'integer', 'tracker'),
  row('ADSERVINGID', '4.1', 'string', 'tracker', 'personal'),
  row('CLICKPOS', '4.1', 'Array<number>(2)', 'tracker', 'personal'),
  row('ERRORCODE', '3.0', 'integer', 'tracker'),
  row('REASON', '4.1', 'integer', 'tracker'),
  row('LIMITADTRACKING', '4.1', 'integer', 'both', 'personal'),
  row('REGULATIONS', '4.1', 'Array<string>', 'both', 'personal'),
  row('GDPRCONSENT', '4.1', 'string', 'both', 'personal'),
  row('STOREID', '4.x', 'string', 'both'),
  row('STOREURL', '4.x', 'string', 'both'),
  row('PLAYBACKMETHODS', '4.x', 'integer', 'both'),
  row('CONTENTCAT', '4.x', 'Array<string>', 'tag'),
  row('GPPSTRING', '4.x', 'string', 'both', 'personal'),
  row('GPPSECTIONID', '4.x', 'Array<integer>', 'both', 'personal'),
  row('DSAREQUIRED', 'Next VAST release', 'integer', 'tag'),
  row('DSAPARAMS', 'Next VAST release', 'Array<integer>', 'tag'),
  row('DSAPUBRENDER', 'Next VAST release', 'integer', 'tag'),
];
