import { readNumber } from '../../../vast/creative.ts';
import { type Element, child, descendants } from '../../../vast/element.ts';
import { extensionType } from '../../../vast/standard-extensions.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';

const QR_CODE = 'IAB CTV QR Code Creative Extension';

const PERCENT = /^\s*(\d{1,3}(?:\.\d{1,9})?)%\s*$/;

/** What a percentage says; null where it is none. */
const percentOf = (value: string | undefined): number | null => {
  const [, digits] = PERCENT.exec(value ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
};

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

/** Can a QR code be drawn, seen and followed? */
export const CTV_QR_CODE_RULES = defineRules({ looksAt: 'element', spec: QR_CODE }, [
  {
    id: 'ctv/qr-code-form',
    elements: ['QrCodePosition', 'QrCodeSize'],
    severity: 'warning',
    title: 'The place of a QR code is not in per cent',
    why: 'Screens differ too much for pixels: nobody knows where it is.',
    fix: 'Write xPosition="10.0%" yPosition="10.0%", and size="15.0%" of the width.',
    check: ({ element: { name, attributes } }) => {
      const names = name === 'QrCodeSize' ? ['size'] : ['xPosition', 'yPosition'];
      const wrong = names.filter((each) => percentOf(attributes.get(each)) === null);
      return wrong.length === 0
        ? null
        : wrong.map((each) => `${each} is ${JSON.stringify(attributes.get(each)?.slice(0, 40) ?? null)}`).join(', ');
    },
  },
  {
    id: 'ctv/qr-code-outside',
    elements: ['CreativeExtension'],
    severity: 'warning',
    title: 'A QR code does not lie within the view of the ad',
    why: 'A code that is cut off cannot be scanned.',
    fix: 'Move it, or make it smaller: its size is in per cent of the width, and it is square.',
    check: (place) =>
      extensionType(place.element) === 'tl_qrcode' ? overhang(place.element, shapeOf(creativeAround(place))) : null,
  },
  {
    id: 'ctv/qr-code-target',
    elements: ['CreativeExtension'],
    severity: 'info',
    title: 'Nothing says where a QR code leads',
    why: 'Platforms that check the destination refuse it.',
    fix: 'Add QrCodeScanUrl.',
    check: ({ element }) =>
      extensionType(element) === 'tl_qrcode' && (child(element, 'QrCodeScanUrl')?.text ?? '') === ''
        ? 'there is no QrCodeScanUrl'
        : null,
  },
]);
