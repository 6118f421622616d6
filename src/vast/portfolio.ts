import { creativesOf, interactiveFileElements, mediaFileElements } from './creative.ts';
import { child, children, descendants, type Element } from './element.ts';
import { remembered } from './remembered.ts';
import { extensionType, isSignal, PORTFOLIO, SIGNAL_NAMES } from './standard-extensions.ts';
import { urlsOf } from './urls-of.ts';

/** What an ad is to a viewer [CTV Ad Portfolio, 2026], or what it is made of where nothing says so. */
export const AD_FORMATS = [
  'linear',
  'pause',
  'screensaver',
  'overlay',
  'squeezeback',
  'in-scene',
  'nonlinear',
  'companion',
] as const;
export type AdFormat = (typeof AD_FORMATS)[number];

/** What the markup says of the ad in numbers of AdCOM; null and nothing where it does not. */
export type Signals = {
  /** Plcmt Subtypes - Video */
  readonly plcmt: number | null;
  /** Placement Positions */
  readonly pos: number | null;
  /** Playback Methods */
  readonly playbackmethod: number | null;
  /** Creative Attributes */
  readonly attr: readonly number[];
};

/** Placement subtypes that are a format of their own [AdCOM 1.0-202607]; 1 to 4 play in the stream or instead of it. */
export const PLACEMENT_FORMATS: ReadonlyMap<number, AdFormat> = new Map([
  [5, 'pause'],
  [6, 'screensaver'],
  [7, 'overlay'],
  [8, 'squeezeback'],
  [9, 'in-scene'],
]);

/** The same by how the ad is started: the viewer pauses, or does nothing for a while. */
const PLAYBACK_FORMATS: ReadonlyMap<number, AdFormat> = new Map([
  [8, 'pause'],
  [9, 'pause'],
  [10, 'screensaver'],
  [11, 'screensaver'],
]);

/** The same by the positions that no other format of a NonLinear has. */
const POSITION_FORMATS: ReadonlyMap<number, AdFormat> = new Map([
  ...[9, 10, 14, 15].map((pos) => [pos, 'overlay'] as const),
  ...[11, 12, 13, 16, 17].map((pos) => [pos, 'squeezeback'] as const),
]);

export const isPortfolio = (extension: Element): boolean =>
  extension.name === 'Extension' && extensionType(extension) === PORTFOLIO;

const NONE: readonly Element[] = Object.freeze([]);

/** The extensions that hold what a NonLinear of 4.x holds. */
export function portfoliosOf(body: Element): readonly Element[] {
  return child(body, 'Extensions') === undefined ? NONE : portfoliosAmong(body);
}

const portfoliosAmong = remembered((body): readonly Element[] =>
  descendants(body, 'Extensions', 'Extension').filter(isPortfolio),
);

/** Does one of them bring media? */
export const hasPortfolioMedia = remembered((body): boolean =>
  portfoliosOf(body).some((each) => child(each, 'MediaFiles') !== undefined),
);

/** The first Creative of each id. */
const creativesById = remembered(
  (body): ReadonlyMap<string, Element> =>
    new Map(
      creativesOf(body)
        .toReversed()
        .map((each) => [each.attributes.get('id')?.trim() ?? '', each]),
    ),
);

const firstNonLinear = remembered((body) =>
  creativesOf(body).find((each) => child(each, 'NonLinearAds') !== undefined),
);

/** The Creative that such an extension is about: the one that it names, else the first that is nonlinear. */
export function creativeOfPortfolio(extension: Element, body: Element): Element | null {
  const id = child(extension, 'CreativeId')?.text ?? '';
  return (id === '' ? firstNonLinear(body) : creativesById(body).get(id)) ?? null;
}

/** Elements that hold signals: where a Linear plays, the extension of another Creative says nothing of the ad. */
function signalElements(body: Element): readonly Element[] {
  const extensions = descendants(body, 'Extensions', 'Extension');
  if (extensions.length === 0) return extensions;
  const single = extensions.filter(isSignal).flatMap((each) => {
    const type = extensionType(each);
    return SIGNAL_NAMES.some((name) => name === type) ? children(each, type) : [];
  });
  const portfolios = extensions.filter(isPortfolio);
  if (portfolios.length === 0) return single;
  const playing = new Set(creativesOf(body).filter(hasPlayableLinear));
  const about = portfolios.filter((each) => playing.size === 0 || playing.has(creativeOfPortfolio(each, body)!));
  return [...single, ...about.flatMap((each) => each.children)];
}

function hasPlayableLinear(creative: Element): boolean {
  return children(creative, 'Linear').some((linear) =>
    [...mediaFileElements(linear), ...interactiveFileElements(linear)].some((each) => urlsOf(each).length > 0),
  );
}

/** A signal as it may be written: a whole number; null for anything else. */
export const readSignal = (text: string): number | null => (/^\d{1,6}$/.test(text) ? Number(text) : null);

/**
 * What the bodies of an ad say of it, the InLine first and then its wrappers, closest first: each signal as the first of
 * them has it. Null where none says anything.
 */
export function signalsOf(bodies: readonly Element[]): Signals | null {
  const found = bodies.map(signalElements).filter((elements) => elements.length > 0);
  if (found.length === 0) return null;
  const first = (name: string): readonly number[] =>
    found
      .map((elements) => elements.filter((each) => each.name === name).flatMap(({ text }) => readSignal(text) ?? []))
      .find((numbers) => numbers.length > 0) ?? [];
  const [plcmt = null] = first('plcmt');
  const [pos = null] = first('pos');
  const [playbackmethod = null] = first('playbackmethod');
  const attr = [...new Set(first('attr'))];
  return plcmt === null && pos === null && playbackmethod === null && attr.length === 0
    ? null
    : { plcmt, pos, playbackmethod, attr };
}

/** The format that signals name: by the placement, else by how the ad is started; null where they name none. */
export function saidFormat(signals: Signals | null): AdFormat | null {
  return PLACEMENT_FORMATS.get(signals?.plcmt ?? 0) ?? PLAYBACK_FORMATS.get(signals?.playbackmethod ?? 0) ?? null;
}

/** What the ad is to a viewer: by its placement, else by how it starts, else by what it is made of and where it stands. */
export function formatOfAd(body: Element, signals: Signals | null): AdFormat {
  const said = saidFormat(signals);
  if (said !== null) return said;
  const creatives = creativesOf(body);
  if (creatives.some(hasPlayableLinear)) return 'linear';
  if (creatives.some((each) => child(each, 'NonLinearAds') !== undefined) || portfoliosOf(body).length > 0)
    return POSITION_FORMATS.get(signals?.pos ?? 0) ?? 'nonlinear';
  return creatives.some((each) => child(each, 'Linear') !== undefined) ? 'linear' : 'companion';
}
