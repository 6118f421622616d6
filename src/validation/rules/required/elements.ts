import { tagElementOf } from '../../../vast/ad.ts';
import type { Element } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { type RequiredRow, hasName, kebabCase } from './required-row.ts';
import type { ElementRule } from '../../rule.ts';

const { schemaValidation } = ERROR_CODES;

const NOTHING_TO_PLAY = ['document/nothing-to-play', 'document/no-media', 'openrtb/nothing-to-play'];

/** Elements that a schema wants. Which versions want them is for the schema to say. */
const ELEMENTS: readonly RequiredRow[] = [
  {
    of: 'InLine/AdSystem Wrapper/AdSystem',
    severity: 'warning',
    why: 'Nobody can tell which ad server answered, which is where every search for a fault begins.',
    fix: 'Name the ad server in AdSystem.',
    section: '3.4.1',
  },
  {
    of: 'InLine/AdTitle',
    severity: 'warning',
    why: 'Reports and ad reviews show the title; a validating player refuses an ad without one.',
    fix: 'Give the ad a title.',
    section: '3.4.2',
  },
  {
    of: 'InLine/AdServingId',
    severity: 'warning',
    why: 'Without it nobody can match the numbers of two systems impression by impression.',
    fix: 'Add an id that is unique for each ad served, a UUID for instance.',
    section: '3.4.3',
  },
  {
    of: 'InLine/Impression Wrapper/Impression',
    severity: 'error',
    vastError: schemaValidation,
    why: 'An ad that nobody can count is refused by players, and not paid.',
    fix: 'Add Impression with a tracking URL, or about:blank where there is none.',
    section: '3.4.4',
  },
  {
    of: 'InLine/Creatives Wrapper/Creatives',
    severity: 'warning',
    why: 'There is nothing to show or track, and strict players refuse the document.',
    fix: 'Add Creatives with at least one Creative.',
    section: '3.6',
    coveredBy: NOTHING_TO_PLAY,
  },
  {
    of: 'Creatives/Creative',
    severity: 'warning',
    why: 'An empty list of creatives leaves a player with nothing to show.',
    fix: 'Add a Creative, or leave Creatives out of a Wrapper.',
    section: '3.7',
    coveredBy: NOTHING_TO_PLAY,
  },
  {
    of: 'Wrapper/VASTAdTagURI',
    severity: 'error',
    vastError: schemaValidation,
    why: 'A wrapper that leads nowhere ends the chain without an ad.',
    fix: 'Add VASTAdTagURI with the URL of the next document.',
    section: '3.19.1',
  },
  {
    of: 'Linear/Duration',
    severity: 'error',
    vastError: schemaValidation,
    why: 'Players plan the break and fire the quartiles by it.',
    fix: 'Add Duration as HH:MM:SS or HH:MM:SS.mmm.',
    section: '3.8.1',
  },
  {
    of: 'Linear/MediaFiles',
    severity: 'error',
    vastError: schemaValidation,
    why: 'A linear ad without media cannot be played.',
    fix: 'Add MediaFiles with at least one MediaFile.',
    section: '3.9',
  },
  {
    of: 'MediaFiles/MediaFile',
    severity: 'error',
    vastError: schemaValidation,
    why: 'Players that cannot run interactive files have nothing to fall back on.',
    fix: 'Add at least one MediaFile that is ready to be played.',
    section: '3.9.1',
  },
  {
    of: 'Creative/UniversalAdId',
    severity: 'warning',
    why: 'Broadcasters and ad stitching know a creative by it; without it they transcode it anew or refuse it.',
    fix: 'Add UniversalAdId with the registry and the id of the creative.',
    section: '3.7.1',
  },
  {
    of: 'Icons/Icon',
    severity: 'warning',
    why: 'An empty container says that an icon was meant to be shown, and none is.',
    fix: 'Add the Icon, or leave Icons out.',
    section: '3.11.1',
  },
  {
    of: 'NonLinearAds/NonLinear',
    severity: 'warning',
    why: 'An empty container leaves a player with no overlay to show.',
    fix: 'Add a NonLinear, or leave NonLinearAds out.',
    section: '3.12.1',
  },
  {
    of: 'IconClickFallbackImages/IconClickFallbackImage',
    severity: 'warning',
    why: 'A device without a browser has nothing to show when the icon is clicked.',
    fix: 'Add an IconClickFallbackImage, or leave the container out.',
    section: '3.11.6',
  },
];

const INTERACTIVE = 'InteractiveCreativeFile';

const namesOf = ({ children }: Element): readonly string[] => children.map(({ name }) => name);

/** A child that the version of the document wants and that is not there. */
function elementRule({ of, section, ...facts }: RequiredRow): ElementRule {
  const pairs = of.split(' ').map((each) => each.split('/') as [string, string]);
  const [parents, name] = [pairs.map(([parent]) => parent), pairs[0]![1]];
  return {
    ...facts,
    id: `required/${kebabCase(name)}`,
    looksAt: 'element',
    elements: parents,
    signs: ['lacks child'],
    title: `${parents.join(' or ')} has no ${name}`,
    spec: `VAST 4.3, ${section}`,
    check: ({ element, schema, parent }) => {
      if (schema?.children?.get(name)?.required !== true) return null;
      // what is laid over the content may be interactive alone [CTV Ad Portfolio, 2026]
      if (name === 'MediaFile' && parent?.element.name !== 'Linear' && hasName(namesOf(element), INTERACTIVE))
        return null;
      if (name === 'VASTAdTagURI' && tagElementOf(element) !== undefined) return null;
      return element.children.some((each) => each.name === name) || hasName(namesOf(element), name)
        ? null
        : `${element.name} has no ${name}`;
    },
  };
}

export const REQUIRED_ELEMENTS_RULES: readonly ElementRule[] = ELEMENTS.map(elementRule);
