import { parseTime } from '../../../vast/time.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';
import type { ElementRule } from '../../rule.ts';

const BOOLEANS =
  'conditionalAd followAdditionalWrappers allowMultipleAds fallbackOnNoAd scalable maintainAspectRatio xmlEncoded browserOptional variableDuration';

const INTEGERS =
  'width height assetWidth assetHeight expandedWidth expandedHeight bitrate minBitrate maxBitrate fileSize';

/** The attributes of a list that an element has and whose value is not of the form; null for none. */
function badAttributes(names: string, isGood: (value: string) => boolean): ElementRule['check'] {
  const all = names.split(' ');
  const isOfList = new Set(all);
  return ({ element, schema }: Place) => {
    const { attributes } = element;
    if (schema === null) return null;
    let bad: string[] | null = null;
    for (const [name, value] of attributes) {
      if (isOfList.has(name) && !isGood(value.trim())) (bad ??= []).push(name);
    }
    return bad === null
      ? null
      : all
          .filter((name) => bad.includes(name))
          .map((name) => `${element.name}@${name} is "${attributes.get(name)}"`)
          .join(', ');
  };
}

const isOneOf =
  (...words: readonly string[]) =>
  (value: string): boolean =>
    words.includes(value);

const MIME = /^[a-z]+\/[a-z0-9][a-z0-9.+_-]*(\s*;.*)?$/i;

/** Are attributes of the form that their type has? */
export const VALUES_FORMS_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'values/boolean',
    elements: [
      'Ad',
      'Wrapper',
      'MediaFile',
      'NonLinear',
      'AdParameters',
      'HTMLResource',
      'JavaScriptResource',
      'InteractiveCreativeFile',
    ],
    severity: 'warning',
    title: 'A yes or no is written in another way',
    why: 'Players take what they do not know for no, or for yes.',
    fix: 'Write true or false.',
    spec: 'VAST 4.3, 5',
    check: badAttributes(BOOLEANS, (value) => /^(true|false|1|0)$/.test(value)),
  },
  {
    id: 'values/integer',
    elements: ['MediaFile', 'Mezzanine', 'Companion', 'NonLinear', 'Icon', 'IconClickFallbackImage'],
    severity: 'warning',
    title: 'A size or a bitrate is not a whole number',
    why: 'Players that read whole numbers alone take it for missing.',
    fix: 'Write digits only: no unit, no fraction, no sign.',
    spec: 'VAST 4.3, 5',
    check: badAttributes(INTEGERS, (value) => /^\d+$/.test(value)),
  },
  {
    id: 'values/pixel-ratio',
    elements: ['Companion', 'Icon'],
    severity: 'info',
    title: 'pxratio is not a number above 0',
    why: 'The image is drawn in the wrong size.',
    fix: 'Write a number such as 1 or 2.',
    spec: 'VAST 4.3, 3.13.1',
    check: badAttributes('pxratio', (value) => Number(value) > 0),
  },
  {
    id: 'values/time',
    elements: ['Icon', 'NonLinear'],
    severity: 'warning',
    title: 'A time is not written as HH:MM:SS',
    why: 'Players cannot read it and show the element for as long as they like.',
    fix: 'Write HH:MM:SS or HH:MM:SS.mmm.',
    spec: 'VAST 4.3, 3.11.1',
    check: badAttributes('duration offset minSuggestedDuration', (value) => parseTime(value) !== null),
  },
  {
    id: 'values/delivery',
    elements: ['MediaFile', 'Mezzanine'],
    severity: 'warning',
    title: 'delivery is neither progressive nor streaming',
    why: 'Players choose the file by it and pass over what they do not know.',
    fix: 'Write progressive for a file, streaming for HLS and DASH.',
    spec: 'VAST 4.3, 3.9.1',
    check: badAttributes('delivery', isOneOf('progressive', 'streaming')),
  },
  {
    id: 'values/media-type',
    elements: ['MediaFile', 'Mezzanine', 'InteractiveCreativeFile', 'ClosedCaptionFile'],
    severity: 'warning',
    title: 'type is not a MIME type',
    why: 'Players choose the file by it and pass over what they do not know.',
    fix: 'Write it as type/subtype, such as video/mp4.',
    spec: 'VAST 4.3, 3.9.1',
    check: badAttributes('type', (value) => MIME.test(value)),
  },
  {
    id: 'values/creative-type',
    elements: ['StaticResource'],
    severity: 'warning',
    title: 'creativeType is not a MIME type',
    why: 'A page does not know whether to show an image or to run a script.',
    fix: 'Write it as type/subtype, such as image/png.',
    spec: 'VAST 4.3, 3.15.1',
    check: badAttributes('creativeType', (value) => MIME.test(value)),
  },
  {
    id: 'values/ad-type',
    elements: ['Ad'],
    severity: 'warning',
    title: 'adType is none of video, audio and hybrid',
    why: 'Players take what they do not know for video.',
    fix: 'Write video, audio or hybrid.',
    spec: 'VAST 4.3, 3.3.2',
    check: badAttributes('adType', isOneOf('video', 'audio', 'hybrid')),
  },
  {
    id: 'values/companion-required',
    elements: ['CompanionAds'],
    severity: 'warning',
    title: 'CompanionAds@required is none of all, any and none',
    why: 'Players do not know whether the ad may be shown without its companions.',
    fix: 'Write all, any or none.',
    spec: 'VAST 4.3, 3.13',
    check: badAttributes('required', isOneOf('all', 'any', 'none')),
  },
  {
    id: 'values/rendering-mode',
    elements: ['Companion'],
    severity: 'warning',
    title: 'renderingMode is none of default, end-card and concurrent',
    why: 'An end card that is not known for one is shown beside the film, or never.',
    fix: 'Write default, end-card or concurrent.',
    spec: 'VAST 4.3, 3.13.1',
    check: badAttributes('renderingMode', isOneOf('default', 'end-card', 'concurrent')),
  },
  {
    id: 'values/pricing-model',
    elements: ['Pricing'],
    severity: 'warning',
    title: 'The pricing model is unknown',
    why: 'A price means nothing without what it is paid for.',
    fix: 'Write CPM, CPC, CPE or CPV.',
    spec: 'VAST 4.3, 3.4.8',
    check: badAttributes('model', (value) => /^cp[mcev]$/i.test(value)),
  },
  {
    id: 'values/pricing-currency',
    elements: ['Pricing'],
    severity: 'warning',
    title: 'The currency is not three letters',
    why: 'Nobody can convert the price.',
    fix: 'Write the currency as ISO 4217 has it, such as USD.',
    spec: 'VAST 4.3, 3.4.8',
    check: badAttributes('currency', (value) => /^[a-z]{3}$/i.test(value)),
  },
  {
    id: 'values/pricing-amount',
    elements: ['Pricing'],
    severity: 'info',
    title: 'The price is not a number',
    why: 'Only partners who agreed on how it is encoded can read it.',
    fix: 'Write a number, or agree on the encoding.',
    spec: 'VAST 4.3, 3.4.8',
    check: ({ element: { text } }) => (/^\d+(\.\d+)?$/.test(text) ? null : 'Pricing holds no number'),
  },
  {
    id: 'values/x-position',
    elements: ['Icon'],
    severity: 'warning',
    title: 'xPosition is neither left, right nor a number',
    why: 'A player does not know where to place the icon.',
    fix: 'Write left, right or a number of pixels.',
    spec: 'VAST 4.3, 3.11.1',
    check: badAttributes('xPosition', (value) => /^(\d+|left|right)$/.test(value)),
  },
  {
    id: 'values/y-position',
    elements: ['Icon'],
    severity: 'warning',
    title: 'yPosition is neither top, bottom nor a number',
    why: 'A player does not know where to place the icon.',
    fix: 'Write top, bottom or a number of pixels.',
    spec: 'VAST 4.3, 3.11.1',
    check: badAttributes('yPosition', (value) => /^(\d+|top|bottom)$/.test(value)),
  },
  {
    id: 'values/caption-language',
    elements: ['ClosedCaptionFile'],
    severity: 'info',
    title: 'The language of the captions is missing or no language code',
    why: 'A player cannot choose the captions of the viewer.',
    fix: 'Write a code of ISO 639-1 with an optional region, such as en or zh-TW.',
    spec: 'VAST 4.3, 3.9.5',
    check: ({ element: { attributes } }) => {
      const language = attributes.get('language');
      return language !== undefined && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language)
        ? null
        : `ClosedCaptionFile@language is ${language === undefined ? 'missing' : `"${language}"`}`;
    },
  },
  {
    id: 'values/caption-type',
    elements: ['ClosedCaptionFile'],
    severity: 'info',
    title: 'The captions do not say of which type they are',
    why: 'A player cannot choose the captions that it reads.',
    fix: 'Write their MIME type, such as text/vtt.',
    spec: 'VAST 4.3, 3.9.5',
    check: ({ element: { attributes } }) => (attributes.has('type') ? null : 'ClosedCaptionFile has no type'),
  },
]);
