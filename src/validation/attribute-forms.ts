import { parseTime } from '../vast/time.ts';

/** The form that attributes of certain elements have by their type. */
export type AttributeForm = {
  readonly elements: readonly string[];
  /** In the order in which they are told of. */
  readonly attributes: readonly string[];
  /** Is a value, without white space around it, of the form? */
  readonly isGood: (value: string) => boolean;
};

const words = (list: string): readonly string[] => list.split(' ');

const form = (elements: string, attributes: string, isGood: AttributeForm['isGood']): AttributeForm => ({
  elements: words(elements),
  attributes: words(attributes),
  isGood,
});

const oneOf = (list: string): AttributeForm['isGood'] => {
  const allowed = new Set(words(list));
  return (value) => allowed.has(value);
};

const like =
  (pattern: RegExp): AttributeForm['isGood'] =>
  (value) =>
    pattern.test(value);

const MIME = like(/^[a-z]+\/[a-z0-9][a-z0-9.+_-]*(\s*;.*)?$/i);

/** By the rule of the topic `values` that looks after each. */
export const ATTRIBUTE_FORMS = {
  boolean: form(
    'Ad Wrapper MediaFile NonLinear AdParameters HTMLResource JavaScriptResource InteractiveCreativeFile',
    'conditionalAd followAdditionalWrappers allowMultipleAds fallbackOnNoAd scalable maintainAspectRatio xmlEncoded ' +
      'browserOptional variableDuration',
    oneOf('true false 1 0'),
  ),
  integer: form(
    'MediaFile Mezzanine Companion NonLinear Icon IconClickFallbackImage',
    'width height assetWidth assetHeight expandedWidth expandedHeight bitrate minBitrate maxBitrate fileSize',
    like(/^\d+$/),
  ),
  'pixel-ratio': form('Companion Icon', 'pxratio', (value) => Number(value) > 0),
  time: form('Icon NonLinear', 'duration offset minSuggestedDuration', (value) => parseTime(value) !== null),
  delivery: form('MediaFile Mezzanine', 'delivery', oneOf('progressive streaming')),
  'media-type': form('MediaFile Mezzanine InteractiveCreativeFile ClosedCaptionFile', 'type', MIME),
  'creative-type': form('StaticResource', 'creativeType', MIME),
  'ad-type': form('Ad', 'adType', oneOf('video audio hybrid')),
  'companion-required': form('CompanionAds', 'required', oneOf('all any none')),
  'rendering-mode': form('Companion', 'renderingMode', oneOf('default end-card concurrent')),
  'pricing-model': form('Pricing', 'model', like(/^cp[mcev]$/i)),
  'pricing-currency': form('Pricing', 'currency', like(/^[a-z]{3}$/i)),
  'x-position': form('Icon', 'xPosition', like(/^(\d+|left|right)$/)),
  'y-position': form('Icon', 'yPosition', like(/^(\d+|top|bottom)$/)),
} as const satisfies Readonly<Record<string, AttributeForm>>;

type Forms = ReadonlyMap<string, AttributeForm['isGood']>;

const ALL: readonly AttributeForm[] = Object.values(ATTRIBUTE_FORMS);

const NONE: Forms = new Map();
const FORMS: ReadonlyMap<string, Forms> = new Map(
  [...new Set(ALL.flatMap(({ elements }) => elements))].map((element) => [
    element,
    new Map(
      ALL.filter(({ elements }) => elements.includes(element)).flatMap(({ attributes, isGood }) =>
        attributes.map((name) => [name, isGood] as const),
      ),
    ),
  ]),
);

/** The forms that the attributes of an element have, by their names. */
export function formsOf(element: string): Forms {
  return FORMS.get(element) ?? NONE;
}
