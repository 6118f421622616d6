import type { Element } from './element.ts';
import { childrenSchema, type ChildSchema } from './schema.ts';

/** The signals of AdCOM that an ad repeats for those who do not see its bid [CTV Ad Portfolio, 2026]. */
export const SIGNAL_NAMES = ['plcmt', 'pos', 'playbackmethod', 'attr'] as const;

/** The type of the extension that gives 2.0 and 3.0 what a NonLinear of 4.x holds [CTV Ad Portfolio for VAST 2.0]. */
export const PORTFOLIO = 'ctv_ad_portfolio';

/** What the extensions of IAB Tech Lab hold, by their type, in words like those of the schema table. */
const CONTENT: Readonly<Record<string, string>> = {
  UniversalAdId: 'UniversalAdId*',
  InteractiveCreativeFile: 'InteractiveCreativeFile*',
  Mezzanine: 'Mezzanine*',
  Icon: 'Icon*',
  tl_qrcode: 'QrCodeScanUrl QrCodeImageUrl QrCodePosition QrCodeSize',
  [PORTFOLIO]:
    'CreativeId plcmt pos playbackmethod attr* Duration MediaFiles TrackingEvents NonLinearClickTracking* ' +
    'NonLinearCustomClick* NonLinearClickThrough Icons CreativeExtensions AdParameters',
};

/** The type of an Extension or CreativeExtension, '' where it says none. */
export const extensionType = ({ attributes }: Element): string => attributes.get('type')?.trim() ?? '';

/** Is it an extension that holds one signal, `<Extension type="pos" ext="adcom">`? */
export function isSignal(extension: Element): boolean {
  return extension.attributes.get('ext')?.trim().toLowerCase() === 'adcom';
}

type Content = ReadonlyMap<string, ChildSchema>;
const schemas = new Map<string, Content>();

/** What an Extension or CreativeExtension of IAB Tech Lab may hold; null for one of somebody's own. */
export function extensionContent(extension: Element): Content | null {
  const type = extensionType(extension);
  const isOneSignal = isSignal(extension) && SIGNAL_NAMES.some((each) => each === type);
  const words = isOneSignal ? type : Object.hasOwn(CONTENT, type) ? CONTENT[type]! : null;
  if (words === null) return null;
  const key = `${extension.name} ${type}`;
  let content = schemas.get(key);
  if (content === undefined) {
    content = childrenSchema(words.split(' '), [extension.name], '4.2');
    schemas.set(key, content);
  }
  return content;
}
