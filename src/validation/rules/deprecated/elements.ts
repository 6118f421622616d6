import { isVpaid } from '../../../openrtb/api-framework.ts';
import type { Element } from '../../../vast/element.ts';
import { defineRules } from '../../define-rules.ts';

const FLASH = /x-shockwave-flash|\bflash\b/i;

/** Containers that browsers and televisions have stopped playing. */
const OLD_TYPES = /^video\/(x-flv|flv|x-ms-wmv|x-ms-asf|3gpp|x-msvideo|avi|ogg)|silverlight/i;

const typeOf = ({ attributes }: Element): string => attributes.get('type') ?? attributes.get('creativeType') ?? '';

/** What the specification has given up, or players have. */
export const DEPRECATED_ELEMENTS_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'deprecated/flash',
    elements: ['MediaFile', 'StaticResource', 'FlashResource', 'InteractiveCreativeFile'],
    signs: ['odd'],
    severity: 'warning',
    title: 'A file is Flash',
    why: 'No browser and no player has run Flash since 2021.',
    fix: 'Use video, HTML or an image.',
    spec: 'VAST 4.3, 1.7',
    check: ({ element }) =>
      element.name === 'FlashResource' || FLASH.test(typeOf(element)) ? `${element.name} is Flash` : null,
  },
  {
    id: 'deprecated/media-type',
    elements: ['MediaFile'],
    signs: ['odd'],
    severity: 'warning',
    title: 'A MediaFile is of a type that players have given up',
    why: 'Browsers and televisions pass over it.',
    fix: 'Offer MP4, WebM or HLS.',
    spec: 'IAB Digital Video Ad Format Guidelines',
    check: ({ element }) => (OLD_TYPES.test(typeOf(element)) ? `type is ${typeOf(element)}` : null),
  },
  {
    id: 'deprecated/vpaid',
    elements: ['MediaFile', 'InteractiveCreativeFile'],
    signs: ['@apiFramework'],
    severity: 'warning',
    title: 'A file is VPAID',
    why: 'Apps, televisions and ad stitching cannot run it, and browsers do so less and less.',
    fix: 'Use SIMID for interaction and OMID for measurement.',
    spec: 'VAST 4.3, 1.8',
    check: ({ element }) => (isVpaid(element.attributes.get('apiFramework')) ? `${element.name} is VPAID` : null),
  },
  {
    id: 'deprecated/api-framework',
    elements: ['MediaFile'],
    signs: ['@apiFramework'],
    severity: 'info',
    title: 'MediaFile has an apiFramework',
    why: 'From 4.1 on a MediaFile is media; a player that goes by that tries to play a script.',
    fix: 'Move the script into InteractiveCreativeFile.',
    spec: 'VAST 4.3, 3.9.1',
    coveredBy: ['deprecated/vpaid', 'interactive/simid-in-media-file'],
    check: ({ element, document }) =>
      document.version >= '4.1' && element.attributes.has('apiFramework')
        ? `apiFramework is ${element.attributes.get('apiFramework')}`
        : null,
  },
  {
    id: 'deprecated/survey',
    elements: ['Survey'],
    severity: 'info',
    title: 'InLine has a Survey',
    why: 'Hardly any player runs it, and from 4.1 on it is given up.',
    fix: 'Call the survey by a tracker.',
    spec: 'VAST 4.3, 3.4.9',
    check: ({ document }) => (document.version >= '4.1' ? 'Survey was given up with 4.1' : null),
  },
  {
    id: 'deprecated/conditional-ad',
    elements: ['Ad'],
    signs: ['@conditionalAd'],
    severity: 'info',
    title: 'Ad has conditionalAd',
    why: 'It was given up with 4.1, along with the VPAID that it was for.',
    fix: 'Leave it out, and answer without an ad where there is none.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ element, document }) =>
      document.version >= '4.1' && element.attributes.has('conditionalAd')
        ? 'conditionalAd was given up with 4.1'
        : null,
  },
  {
    id: 'deprecated/conditional',
    elements: ['Ad'],
    signs: ['@conditionalAd'],
    severity: 'warning',
    title: 'The ad may turn out to be none',
    why: 'The impression is sold to a script that looks for an ad while the viewer waits.',
    fix: 'Decide on the ad before answering.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ element }) =>
      /^(true|1)$/i.test(element.attributes.get('conditionalAd')?.trim() ?? '') ? 'conditionalAd is true' : null,
  },
  {
    id: 'deprecated/click-through-in-wrapper',
    elements: ['ClickThrough'],
    severity: 'info',
    title: 'A Wrapper before 4.2 has a ClickThrough',
    why: 'Before 4.2 a wrapper only tracks clicks; players of that time pass over it.',
    fix: 'Raise VAST@version to 4.2, or leave it out.',
    spec: 'VAST 4.3, 3.10.1',
    check: ({ body, document }) =>
      body === 'Wrapper' && document.version < '4.2' ? 'ClickThrough stands in a Wrapper' : null,
  },
  {
    id: 'deprecated/id-value',
    elements: ['UniversalAdId'],
    severity: 'info',
    title: 'UniversalAdId has idValue',
    why: 'It was given up with 4.1: the content of the element is the id.',
    fix: 'Leave it out.',
    spec: 'VAST 4.3, 3.7.1',
    check: ({ element, document }) =>
      document.version >= '4.1' && element.attributes.has('idValue') ? 'idValue was given up with 4.1' : null,
  },
  {
    id: 'deprecated/vast-1-names',
    elements: ['VASTAdTagURL', 'URL'],
    severity: 'warning',
    title: 'An element has a name of VAST 1',
    why: 'It is followed here, and most players read it; some find no URL and show nothing.',
    fix: 'Write VASTAdTagURI, and URLs as the text of their element.',
    spec: 'VAST 4.3, 3.19.1',
    check: ({ element, body }) => (body === null ? null : `${element.name} is a name of VAST 1`),
  },
]);
