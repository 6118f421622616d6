import { ATTRIBUTE_FORMS } from '../../attribute-forms.ts';
import { defineRules } from '../../define-rules.ts';
import type { ElementRule } from '../../rule.ts';

/** A rule about attributes whose values are not of their form. */
function ofForm(name: keyof typeof ATTRIBUTE_FORMS): Pick<ElementRule, 'elements' | 'signs' | 'check'> {
  const { elements, attributes, isGood } = ATTRIBUTE_FORMS[name];
  return {
    elements,
    signs: ['odd value'],
    check: ({ element, schema }) => {
      if (schema === null) return null;
      const bad = attributes.filter((each) => {
        const value = element.attributes.get(each);
        return value !== undefined && !isGood(value.trim());
      });
      return bad.length === 0
        ? null
        : bad.map((each) => `${element.name}@${each} is "${element.attributes.get(each)}"`).join(', ');
    },
  };
}

/** Are attributes of the form that their type has? */
export const VALUES_FORMS_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'values/boolean',
    ...ofForm('boolean'),
    severity: 'warning',
    title: 'A yes or no is written in another way',
    why: 'Players take what they do not know for no, or for yes.',
    fix: 'Write true or false.',
    spec: 'VAST 4.3, 5',
  },
  {
    id: 'values/integer',
    ...ofForm('integer'),
    severity: 'warning',
    title: 'A size or a bitrate is not a whole number',
    why: 'Players that read whole numbers alone take it for missing.',
    fix: 'Write digits only: no unit, no fraction, no sign.',
    spec: 'VAST 4.3, 5',
  },
  {
    id: 'values/pixel-ratio',
    ...ofForm('pixel-ratio'),
    severity: 'info',
    title: 'pxratio is not a number above 0',
    why: 'The image is drawn in the wrong size.',
    fix: 'Write a number such as 1 or 2.',
    spec: 'VAST 4.3, 3.13.1',
  },
  {
    id: 'values/time',
    ...ofForm('time'),
    severity: 'warning',
    title: 'A time is not written as HH:MM:SS',
    why: 'Players cannot read it and show the element for as long as they like.',
    fix: 'Write HH:MM:SS or HH:MM:SS.mmm.',
    spec: 'VAST 4.3, 3.11.1',
  },
  {
    id: 'values/delivery',
    ...ofForm('delivery'),
    severity: 'warning',
    title: 'delivery is neither progressive nor streaming',
    why: 'Players choose the file by it and pass over what they do not know.',
    fix: 'Write progressive for a file, streaming for HLS and DASH.',
    spec: 'VAST 4.3, 3.9.1',
  },
  {
    id: 'values/media-type',
    ...ofForm('media-type'),
    severity: 'warning',
    title: 'type is not a MIME type',
    why: 'Players choose the file by it and pass over what they do not know.',
    fix: 'Write it as type/subtype, such as video/mp4.',
    spec: 'VAST 4.3, 3.9.1',
  },
  {
    id: 'values/creative-type',
    ...ofForm('creative-type'),
    severity: 'warning',
    title: 'creativeType is not a MIME type',
    why: 'A page does not know whether to show an image or to run a script.',
    fix: 'Write it as type/subtype, such as image/png.',
    spec: 'VAST 4.3, 3.15.1',
  },
  {
    id: 'values/ad-type',
    ...ofForm('ad-type'),
    severity: 'warning',
    title: 'adType is none of video, audio and hybrid',
    why: 'Players take what they do not know for video.',
    fix: 'Write video, audio or hybrid.',
    spec: 'VAST 4.3, 3.3.2',
  },
  {
    id: 'values/companion-required',
    ...ofForm('companion-required'),
    severity: 'warning',
    title: 'CompanionAds@required is none of all, any and none',
    why: 'Players do not know whether the ad may be shown without its companions.',
    fix: 'Write all, any or none.',
    spec: 'VAST 4.3, 3.13',
  },
  {
    id: 'values/rendering-mode',
    ...ofForm('rendering-mode'),
    severity: 'warning',
    title: 'renderingMode is none of default, end-card and concurrent',
    why: 'An end card that is not known for one is shown beside the film, or never.',
    fix: 'Write default, end-card or concurrent.',
    spec: 'VAST 4.3, 3.13.1',
  },
  {
    id: 'values/pricing-model',
    ...ofForm('pricing-model'),
    severity: 'warning',
    title: 'The pricing model is unknown',
    why: 'A price means nothing without what it is paid for.',
    fix: 'Write CPM, CPC, CPE or CPV.',
    spec: 'VAST 4.3, 3.4.8',
  },
  {
    id: 'values/pricing-currency',
    ...ofForm('pricing-currency'),
    severity: 'warning',
    title: 'The currency is not three letters',
    why: 'Nobody can convert the price.',
    fix: 'Write the currency as ISO 4217 has it, such as USD.',
    spec: 'VAST 4.3, 3.4.8',
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
    ...ofForm('x-position'),
    severity: 'warning',
    title: 'xPosition is neither left, right nor a number',
    why: 'A player does not know where to place the icon.',
    fix: 'Write left, right or a number of pixels.',
    spec: 'VAST 4.3, 3.11.1',
  },
  {
    id: 'values/y-position',
    ...ofForm('y-position'),
    severity: 'warning',
    title: 'yPosition is neither top, bottom nor a number',
    why: 'A player does not know where to place the icon.',
    fix: 'Write top, bottom or a number of pixels.',
    spec: 'VAST 4.3, 3.11.1',
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
