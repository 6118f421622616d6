import { child, type Element } from '../vast/element.ts';
import { SCHEMA_VERSIONS } from '../vast/schema-table.ts';
import { extensionType, PORTFOLIO } from '../vast/standard-extensions.ts';
import { EVENTS } from '../vast/tracking-events.ts';
import type { Place } from './place.ts';
import { arePlainFiles, isPlainFile } from './plain-file.ts';

// What elements of a name mostly are. Rules with the sign `odd` have nothing to find in such a one, whatever the version.

type IsPlain = (place: Place) => boolean;

const isFilled: IsPlain = ({ element }) => element.text !== '';

const NOT_EXECUTED = 'verificationNotExecuted';

/** What every version has. */
const PLAIN_EVENTS: ReadonlySet<string> = new Set(
  [...EVENTS].filter(([, versions]) => versions.length === SCHEMA_VERSIONS.length).map(([event]) => event),
);

/** One that every version has for what plays. That a verification was not executed is told with its reason. */
function isPlainEvent({ element, parent }: Place): boolean {
  const event = element.attributes.get('event') ?? '';
  const owner = parent?.parent?.element.name;
  if (owner === 'Linear' || owner === 'NonLinearAds') return PLAIN_EVENTS.has(event);
  if (owner === 'Verification') return event === NOT_EXECUTED && element.text.includes('[REASON]');
  return owner === 'Companion' && event === 'creativeView';
}

/** It has one body. */
const isPlainAd: IsPlain = ({ element: { children } }) =>
  children.length === 1 && (children[0]!.name === 'InLine' || children[0]!.name === 'Wrapper');

/** It has a name, and something to show; nobody asks that of a Wrapper's. */
function isPlainCreative({ element, body }: Place): boolean {
  if (body !== 'InLine') return true;
  const isNamed = element.attributes.has('id') || child(element, 'UniversalAdId') !== undefined;
  return isNamed && (child(element, 'Linear') !== undefined || child(element, 'CompanionAds') !== undefined);
}

/** That of a Wrapper, which only tracks. */
const isPlainLinear: IsPlain = ({ element, body }) => body === 'Wrapper' && child(element, 'MediaFiles') === undefined;

const leadsOn: IsPlain = ({ element, body }) => body !== 'InLine' || child(element, 'ClickThrough') !== undefined;

const CLOCK = /^\d\d:[0-5]\d:[0-5]\d$/;
const isPlainDuration: IsPlain = ({ element: { text } }) => CLOCK.test(text) && text !== '00:00:00';

const UNKNOWN = /unknown/i;
function isPlainId({ element: { text, attributes } }: Place): boolean {
  if (text === '' || attributes.has('idValue')) return false;
  return !UNKNOWN.test(text) && !UNKNOWN.test(attributes.get('idRegistry') ?? '');
}

/** Somebody's own. */
const isPlainExtension: IsPlain = ({ element }) => {
  const type = extensionType(element);
  const isOurs = type === 'AdVerifications' || type === PORTFOLIO || element.attributes.has('ext');
  return !isOurs && child(element, 'MediaFiles') === undefined;
};

const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/jpg', 'image/gif', 'image/webp']);
const isPlainImage: IsPlain = ({ element: { attributes } }) =>
  IMAGES.has(attributes.get('creativeType') ?? '') && !attributes.has('type');

const VENDOR = /^[a-z0-9]{1,63}\.[a-z]{2,63}-omid$/;

/** The only one, with all that it should have. */
function isPlainVerification({ element, parent }: Place): boolean {
  return (
    parent!.element.children.length === 1 &&
    VENDOR.test(element.attributes.get('vendor') ?? '') &&
    child(element, 'JavaScriptResource') !== undefined &&
    (child(element, 'VerificationParameters')?.text ?? '') !== '' &&
    tellsNotExecuted(child(element, 'TrackingEvents'))
  );
}

function tellsNotExecuted(events: Element | undefined): boolean {
  const tracking = events === undefined ? undefined : child(events, 'Tracking');
  return tracking?.attributes.get('event') === NOT_EXECUTED;
}

const isPlainScript: IsPlain = ({ element: { text, attributes } }) =>
  attributes.get('apiFramework') === 'omid' && attributes.has('browserOptional') && text.startsWith('https://');

const PLAIN: ReadonlyMap<string, IsPlain> = new Map(
  Object.entries({
    VAST: ({ document }: Place) => document.ads.length < 2,
    Ad: isPlainAd,
    AdSystem: isFilled,
    AdTitle: isFilled,
    AdServingId: isFilled,
    Advertiser: isFilled,
    Category: isFilled,
    Creative: isPlainCreative,
    Duration: isPlainDuration,
    Extension: isPlainExtension,
    JavaScriptResource: isPlainScript,
    Linear: isPlainLinear,
    MediaFile: ({ element }: Place) => isPlainFile(element),
    MediaFiles: ({ element }: Place) => arePlainFiles(element),
    StaticResource: isPlainImage,
    Tracking: isPlainEvent,
    UniversalAdId: isPlainId,
    Verification: isPlainVerification,
    VideoClicks: leadsOn,
  }),
);

/** Is it what elements of its name mostly are? */
export function isPlain(place: Place): boolean {
  return PLAIN.get(place.element.name)?.(place) ?? false;
}
