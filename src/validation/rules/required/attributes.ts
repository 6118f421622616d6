import { ERROR_CODES } from '../../../vast/error-code.ts';
import { type RequiredRow, hasName, kebabCase } from './required-row.ts';
import type { ElementRule } from '../../rule.ts';

const { schemaValidation } = ERROR_CODES;

const PIXELS = 'Write the size in pixels as a whole number.';

/** Attributes that a schema wants. */
const ATTRIBUTES: readonly RequiredRow[] = [
  {
    of: 'Ad@id',
    severity: 'warning',
    why: 'Reports go by the id of the ad.',
    fix: 'Give the Ad an id.',
    section: '3.3.2',
  },
  {
    of: 'Pricing@model',
    severity: 'warning',
    why: 'A price means nothing without what it is paid for.',
    fix: 'Write model as CPM, CPC, CPE or CPV.',
    section: '3.4.8',
  },
  {
    of: 'Pricing@currency',
    severity: 'warning',
    why: 'A price means nothing without its currency.',
    fix: 'Write the currency as its three letters of ISO 4217.',
    section: '3.4.8',
  },
  {
    of: 'Category@authority',
    severity: 'warning',
    why: 'Without it nobody knows which list the category is from, so it cannot be compared with what is blocked.',
    fix: 'Name the organisation whose list it is.',
    section: '3.4.5',
  },
  {
    of: 'UniversalAdId@idRegistry',
    severity: 'warning',
    why: 'An id is unique only within its registry.',
    fix: 'Name the registry, such as ad-id.org, or unknown where there is none.',
    section: '3.7.1',
  },
  {
    of: 'UniversalAdId@idValue',
    severity: 'warning',
    why: 'Players of VAST 4.0 read the id from this attribute.',
    fix: 'Repeat the id in the attribute idValue.',
    section: '3.7.1',
  },
  {
    of: 'MediaFile@delivery',
    severity: 'error',
    vastError: schemaValidation,
    why: 'Players choose between files by how they are delivered, and pass over one that does not say.',
    fix: 'Write delivery as progressive or streaming.',
    section: '3.9.1',
  },
  {
    of: 'MediaFile@type',
    severity: 'error',
    vastError: ERROR_CODES.mediaNotSupported,
    why: 'Players choose a file by its MIME type and pass over one that does not say.',
    fix: 'Write the MIME type of the container, such as video/mp4.',
    section: '3.9.1',
  },
  {
    of: 'MediaFile@width',
    severity: 'warning',
    why: 'Players choose a file by its size.',
    fix: PIXELS,
    section: '3.9.1',
  },
  {
    of: 'MediaFile@height',
    severity: 'warning',
    why: 'Players choose a file by its size.',
    fix: PIXELS,
    section: '3.9.1',
  },
  {
    of: 'Mezzanine@delivery',
    severity: 'warning',
    why: 'A transcoder needs to know how to fetch the file.',
    fix: 'Write delivery as progressive or streaming.',
    section: '3.9.2',
  },
  {
    of: 'Mezzanine@type',
    severity: 'warning',
    why: 'A transcoder chooses by the MIME type.',
    fix: 'Write the MIME type of the container, such as video/mp4.',
    section: '3.9.2',
  },
  {
    of: 'Mezzanine@width',
    severity: 'warning',
    why: 'A transcoder judges the file by its size.',
    fix: PIXELS,
    section: '3.9.2',
  },
  {
    of: 'Mezzanine@height',
    severity: 'warning',
    why: 'A transcoder judges the file by its size.',
    fix: PIXELS,
    section: '3.9.2',
  },
  {
    of: 'Tracking@event',
    severity: 'error',
    vastError: schemaValidation,
    why: 'A tracker without an event is never called.',
    fix: 'Name the event, such as start.',
    section: '3.14.3',
  },
  {
    of: 'Icon@program',
    severity: 'warning',
    why: 'By the program a player knows which icon of several hops to show.',
    fix: 'Name the program, such as AdChoices.',
    section: '3.11.1',
  },
  {
    of: 'Icon@width',
    severity: 'warning',
    why: 'A player cannot place an icon of no size.',
    fix: PIXELS,
    section: '3.11.1',
  },
  {
    of: 'Icon@height',
    severity: 'warning',
    why: 'A player cannot place an icon of no size.',
    fix: PIXELS,
    section: '3.11.1',
  },
  {
    of: 'Icon@xPosition',
    severity: 'warning',
    why: 'A player does not know where to place the icon.',
    fix: 'Write left, right or a number of pixels.',
    section: '3.11.1',
  },
  {
    of: 'Icon@yPosition',
    severity: 'warning',
    why: 'A player does not know where to place the icon.',
    fix: 'Write top, bottom or a number of pixels.',
    section: '3.11.1',
  },
  {
    of: 'NonLinear@width',
    severity: 'warning',
    why: 'A player cannot place an overlay of no size.',
    fix: PIXELS,
    section: '3.12.1',
  },
  {
    of: 'NonLinear@height',
    severity: 'warning',
    why: 'A player cannot place an overlay of no size.',
    fix: PIXELS,
    section: '3.12.1',
  },
  {
    of: 'Companion@width',
    severity: 'warning',
    why: 'Pages choose the companion by the size of their slot.',
    fix: PIXELS,
    section: '3.13.1',
  },
  {
    of: 'Companion@height',
    severity: 'warning',
    why: 'Pages choose the companion by the size of their slot.',
    fix: PIXELS,
    section: '3.13.1',
  },
  {
    of: 'CompanionClickTracking@id',
    severity: 'warning',
    why: 'By the id a click is told apart from others.',
    fix: 'Give it an id.',
    section: '3.13.4',
  },
  {
    of: 'StaticResource@creativeType',
    severity: 'warning',
    why: 'A page does not know whether to show an image or to run a script.',
    fix: 'Write its MIME type, such as image/png.',
    section: '3.15.1',
  },
];

/** An attribute that the version of the document wants and that is not there. */
function attributeRule({ of, section, ...facts }: RequiredRow): ElementRule {
  const [name, attribute] = of.split('@') as [string, string];
  return {
    ...facts,
    id: `required/${kebabCase(name)}-${kebabCase(attribute.replace(/^id(?=[A-Z])/, ''))}`,
    looksAt: 'element',
    elements: [name],
    signs: ['lacks attribute'],
    title: `${name} has no attribute ${attribute}`,
    spec: `VAST 4.3, ${section}`,
    check: ({ element, schema }) =>
      !element.attributes.has(attribute) &&
      schema?.attributes?.get(attribute) === true &&
      !hasName(element.attributes.keys(), attribute)
        ? `${name} has no ${attribute}`
        : null,
  };
}

export const REQUIRED_ATTRIBUTES_RULES: readonly ElementRule[] = ATTRIBUTES.map(attributeRule);
