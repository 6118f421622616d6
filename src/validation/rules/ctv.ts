import { nonLinearsOf } from '../../vast/ad-media.ts';
import { creativesOf, readNumber } from '../../vast/creative.ts';
import { child, children, descendants, type Element } from '../../vast/element.ts';
import { isImageType } from '../../vast/media-type.ts';
import { creativeOfPortfolio, isPortfolio, readSignal } from '../../vast/portfolio.ts';
import { remembered } from '../../vast/remembered.ts';
import { extensionType, isSignal, SIGNAL_NAMES } from '../../vast/standard-extensions.ts';
import type { Place } from '../place.ts';
import type { ElementRule } from '../rule.ts';

const GUIDANCE = 'IAB CTV Ad Portfolio, 2026';
const QR_CODE = 'IAB CTV QR Code Creative Extension';

/** The highest number of each list of AdCOM 1.0-202607, and the lowest. */
const LISTS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  plcmt: [1, 9],
  pos: [0, 17],
  playbackmethod: [1, 11],
  attr: [1, 23],
};

const RESOURCES: ReadonlySet<string> = new Set(['StaticResource', 'IFrameResource', 'HTMLResource']);
const PERCENT = /^\s*(\d{1,3}(?:\.\d{1,9})?)%\s*$/;

/** What a percentage says; null where it is none. */
const percentOf = (value: string | undefined): number | null => {
  const [, digits] = PERCENT.exec(value ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
};

const typesOf = (mediaFiles: Element): readonly string[] =>
  children(mediaFiles, 'MediaFile').flatMap(({ attributes }) => attributes.get('type') ?? []);

const hasResource = ({ children }: Element): boolean => children.some(({ name }) => RESOURCES.has(name));
const hasOverlayResource = remembered((body) => nonLinearsOf(body).some(hasResource));
const creativeCount = remembered((body) => creativesOf(body).length);

/** The Creative or Extension that a place is in. */
function creativeAround(place: Place): Element | null {
  for (let at = place.parent; at !== null; at = at.parent)
    if (at.element.name === 'Creative' || at.element.name === 'Extension') return at.element;
  return null;
}

/** The width of an ad's view in heights: of its NonLinear, else of its first file, else that of a television. */
function shapeOf(creative: Element | null): number {
  const sized =
    creative === null
      ? []
      : [
          ...descendants(creative, 'NonLinearAds', 'NonLinear'),
          ...descendants(creative, 'MediaFiles', 'MediaFile'),
          ...descendants(creative, 'Linear', 'MediaFiles', 'MediaFile'),
        ];
  for (const { attributes } of sized) {
    const [width, height] = ['width', 'height'].map((name) => readNumber(attributes.get(name) ?? null));
    if (width && height) return width / height;
  }
  return 16 / 9;
}

/** Where a QR code leaves the view, in a few words; null where it does not, or where that is not said. */
function overhang(extension: Element, shape: number): string | null {
  const position = child(extension, 'QrCodePosition')?.attributes;
  const [x, y] = [percentOf(position?.get('xPosition')), percentOf(position?.get('yPosition'))];
  const size = percentOf(child(extension, 'QrCodeSize')?.attributes.get('size')) ?? 0;
  const [right, bottom] = [(x ?? 0) + size, (y ?? 0) + size * shape];
  const round = (value: number): number => Math.round(value * 10) / 10;
  if (right > 100.05) return `its right edge is at ${round(right)} per cent of the width`;
  return bottom > 100.05 ? `its lower edge is at ${round(bottom)} per cent of the height` : null;
}

const rule = (facts: Omit<ElementRule, 'looksAt'>): ElementRule => ({ ...facts, looksAt: 'element' });

/** Are the formats of television written so that every player reads the same? */
export const CTV_RULES: readonly ElementRule[] = [
  rule({
    id: 'ctv/signal-value',
    elements: SIGNAL_NAMES,
    severity: 'error',
    title: 'A signal of AdCOM is not a number',
    why: 'Stitchers and players that did not see the bid go by it, and cannot read it.',
    fix: 'Write the number that the list of AdCOM has.',
    spec: GUIDANCE,
    check: ({ element }) =>
      readSignal(element.text) === null ? `${element.name} is "${element.text.slice(0, 40)}"` : null,
  }),
  rule({
    id: 'ctv/signal-unknown',
    elements: SIGNAL_NAMES,
    severity: 'warning',
    title: 'A signal has a number that AdCOM does not list',
    why: 'Nobody knows what the ad is meant to be.',
    fix: 'Write a number of the list, as of AdCOM 1.0-202607.',
    spec: 'AdCOM 1.0-202607',
    check: ({ element: { name, text } }) => {
      const value = readSignal(text);
      const [least, most] = LISTS[name]!;
      return value === null || value >= 500 || (value >= least && value <= most) ? null : `${name} is ${value}`;
    },
  }),
  rule({
    id: 'ctv/signal-form',
    elements: ['Extension'],
    severity: 'warning',
    title: 'An extension with ext="adcom" does not hold the signal that its type names',
    why: 'Players look for the element of that name and find nothing.',
    fix: 'Write <Extension type="pos" ext="adcom"><pos>7</pos></Extension>, one for each signal.',
    spec: GUIDANCE,
    check: ({ element }) => {
      if (!isSignal(element)) return null;
      const type = extensionType(element);
      if (!SIGNAL_NAMES.some((name) => name === type)) return `type is "${type}"`;
      return child(element, type) === undefined ? `there is no ${type} in it` : null;
    },
  }),
  rule({
    id: 'ctv/creative-id',
    elements: ['Extension'],
    severity: 'warning',
    title: 'The extension of the CTV Ad Portfolio does not say which Creative it is about',
    why: 'Its media and signals are applied to whichever Creative a player takes.',
    fix: 'Write the id of the Creative into CreativeId.',
    spec: 'IAB CTV Ad Portfolio for VAST 2.0',
    check: ({ element, parent }) => {
      if (!isPortfolio(element)) return null;
      const body = parent!.parent!.element;
      const id = child(element, 'CreativeId')?.text ?? '';
      const count = creativeCount(body);
      if (id === '') return count > 1 ? `there are ${count} Creatives and no CreativeId` : null;
      return count === 0 || creativeOfPortfolio(element, body) !== null
        ? null
        : `CreativeId is "${id.slice(0, 40)}", which no Creative has`;
    },
  }),
  rule({
    id: 'ctv/duration-missing',
    elements: ['NonLinear', 'Extension'],
    severity: 'warning',
    title: 'A film that is laid over the content has no Duration',
    why: 'Quartiles and view durations cannot be tracked.',
    fix: 'Add Duration; only a still image may be without.',
    spec: GUIDANCE,
    check: ({ element, body }) => {
      const isOurs = body === 'InLine' && (element.name === 'NonLinear' || isPortfolio(element));
      if (!isOurs || child(element, 'Duration') !== undefined) return null;
      const types = children(element, 'MediaFiles').flatMap(typesOf);
      return types.some((type) => !isImageType(type)) ? `the media is ${[...new Set(types)].join(', ')}` : null;
    },
  }),
  rule({
    id: 'ctv/interactive-alone',
    elements: ['NonLinear', 'Extension'],
    severity: 'warning',
    title: 'What is laid over the content is interactive alone',
    why: 'Televisions that do not run SIMID, which are most, have nothing to show.',
    fix: 'Add a MediaFile, or a StaticResource, to fall back on.',
    spec: GUIDANCE,
    check: ({ element, parent }) => {
      const files = children(element, 'MediaFiles').flatMap((each) => each.children);
      if (!files.some(({ name }) => name === 'InteractiveCreativeFile')) return null;
      const isBacked =
        element.name === 'NonLinear' ? hasResource(element) : hasOverlayResource(parent!.parent!.element);
      return isBacked || files.some(({ name }) => name === 'MediaFile') ? null : 'there is no other file';
    },
  }),
  rule({
    id: 'ctv/image-in-linear',
    elements: ['MediaFiles'],
    severity: 'warning',
    title: 'A Linear is a still image',
    why: 'Players of a stream play films; an image is meant for a pause, a screensaver or an overlay.',
    fix: 'Put it into a NonLinear, or send a film.',
    spec: GUIDANCE,
    check: ({ element, parent }) => {
      const types = parent?.element.name === 'Linear' ? typesOf(element) : [];
      return types.length > 0 && types.every(isImageType) ? `the media is ${[...new Set(types)].join(', ')}` : null;
    },
  }),
  rule({
    id: 'ctv/qr-code-form',
    elements: ['QrCodePosition', 'QrCodeSize'],
    severity: 'warning',
    title: 'The place of a QR code is not in per cent',
    why: 'Screens differ too much for pixels: nobody knows where it is.',
    fix: 'Write xPosition="10.0%" yPosition="10.0%", and size="15.0%" of the width.',
    spec: QR_CODE,
    check: ({ element: { name, attributes } }) => {
      const names = name === 'QrCodeSize' ? ['size'] : ['xPosition', 'yPosition'];
      const wrong = names.filter((each) => percentOf(attributes.get(each)) === null);
      return wrong.length === 0
        ? null
        : wrong.map((each) => `${each} is ${JSON.stringify(attributes.get(each)?.slice(0, 40) ?? null)}`).join(', ');
    },
  }),
  rule({
    id: 'ctv/qr-code-outside',
    elements: ['CreativeExtension'],
    severity: 'warning',
    title: 'A QR code does not lie within the view of the ad',
    why: 'A code that is cut off cannot be scanned.',
    fix: 'Move it, or make it smaller: its size is in per cent of the width, and it is square.',
    spec: QR_CODE,
    check: (place) =>
      extensionType(place.element) === 'tl_qrcode' ? overhang(place.element, shapeOf(creativeAround(place))) : null,
  }),
  rule({
    id: 'ctv/qr-code-target',
    elements: ['CreativeExtension'],
    severity: 'info',
    title: 'Nothing says where a QR code leads',
    why: 'Platforms that check the destination refuse it.',
    fix: 'Add QrCodeScanUrl.',
    spec: QR_CODE,
    check: ({ element }) =>
      extensionType(element) === 'tl_qrcode' && (child(element, 'QrCodeScanUrl')?.text ?? '') === ''
        ? 'there is no QrCodeScanUrl'
        : null,
  }),
];
