import type { Version } from '../../../vast/document.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { remembered } from '../../../vast/remembered.ts';
import { KNOWN_CHILDREN } from '../../../vast/schema-additions.ts';
import { SCHEMA_VERSIONS, wordsOf } from '../../../vast/schema-table.ts';
import { type ElementSchema, schemaOf } from '../../../vast/schema.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';
import type { ElementRule } from '../../rule.ts';

/** Every element name of any version. */
const ALL_NAMES: ReadonlySet<string> = new Set(
  Object.values(KNOWN_CHILDREN).flatMap((row) =>
    SCHEMA_VERSIONS.flatMap((version) => (wordsOf(row, version) ?? []).map((word) => word.replace(/\W/g, ''))),
  ),
);

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What the document's version allows around an element that it does not know there; null for a known one. */
function siblingsOfUnknown({ schema, parent }: Place): ReadonlyMap<string, unknown> | null {
  return schema === null ? (parent?.schema?.children ?? null) : null;
}

type Unknown = 'case' | 'prefix' | 'version' | 'unknown';

/**
 * In which way is an element not known where it stands? Null for a known one, and for one of a foreign namespace. Four
 * rules ask it of the same element.
 */
const unknownKind = remembered(readUnknownKind, ({ element }) => element);

function readUnknownKind(place: Place): Unknown | null {
  const siblings = siblingsOfUnknown(place);
  if (siblings === null) return null;
  const { name } = place.element;
  const local = name.slice(name.indexOf(':') + 1);
  if (local !== name) return siblings.has(local) ? 'prefix' : null;
  if ([...siblings.keys()].some((each) => sameWord(each, name))) return 'case';
  return isKnownElsewhere(place) ? 'version' : 'unknown';
}

/** Does another version know this element in this place? */
function isKnownElsewhere({ element, parent }: Place): boolean {
  const path: string[] = [];
  for (let at = parent; at?.parent; at = at.parent) path.unshift(at.element.name);
  const versions: readonly Version[] = SCHEMA_VERSIONS;
  return versions.some((version) => {
    let schema: ElementSchema | undefined = schemaOf(version);
    for (const name of path) schema = schema?.children?.get(name)?.element;
    return schema?.children?.has(element.name);
  });
}

const strange =
  (kind: Unknown, say: (place: Place) => string): ElementRule['check'] =>
  (place) =>
    unknownKind(place) === kind ? say(place) : null;

const inParent = ({ element, parent }: Place): string => `${element.name} in ${parent?.element.name}`;

/** The place of an element in the order of its siblings; -1 where it has none. */
const rankOf = ({ schema }: Place, name: string): number => schema?.children?.get(name)?.rank ?? -1;

/** What the schema of the document's version says of names, places and numbers. */
export const DOCUMENT_STRUCTURE_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'document/ad-empty',
    elements: ['Ad'],
    signs: ['odd'],
    severity: 'error',
    vastError: ERROR_CODES.schemaValidation,
    title: 'An Ad holds neither an InLine nor a Wrapper',
    why: 'There is nothing to show and nothing to follow.',
    fix: 'Put one InLine or one Wrapper into the Ad, or leave the Ad out.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ element }) =>
      element.children.some(({ name }) => sameWord(name, 'InLine') || sameWord(name, 'Wrapper') || name.includes(':'))
        ? null
        : 'the Ad has neither InLine nor Wrapper',
  },
  {
    id: 'document/ad-ambiguous',
    elements: ['Ad'],
    signs: ['odd'],
    severity: 'error',
    vastError: ERROR_CODES.schemaValidation,
    title: 'An Ad holds more than one InLine or Wrapper',
    why: 'Players choose differently, so nobody knows which ad was shown and counted.',
    fix: 'Keep one InLine or one Wrapper for each Ad.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ element }) =>
      element.children.filter(({ name }) => name === 'InLine' || name === 'Wrapper').length > 1
        ? 'the Ad has more than one InLine or Wrapper'
        : null,
  },
  {
    id: 'document/element-unknown',
    elements: 'unknown',
    severity: 'warning',
    title: 'An element is not known to VAST in this place',
    why: 'Players pass over it and everything inside it.',
    fix: 'Move it to where the specification has it, or into an Extension.',
    spec: 'VAST 4.3, 5',
    coveredBy: ['chain/media-in-wrapper'],
    check: strange('unknown', (place) =>
      ALL_NAMES.has(place.element.name)
        ? `${inParent(place)} is in the wrong place`
        : `${inParent(place)} is not known to any version`,
    ),
  },
  {
    id: 'document/element-of-other-version',
    coveredBy: ['deprecated/click-through-in-wrapper'],
    elements: 'unknown',
    severity: 'info',
    title: 'An element is known to another version only',
    why: 'Players that go by the version of the document pass over it.',
    fix: 'Raise (or lower) VAST@version to one that has it, or leave it out.',
    spec: 'VAST 4.3, 5',
    check: strange('version', (place) => `VAST ${place.document.version} has no ${inParent(place)}`),
  },
  {
    id: 'document/element-case',
    elements: 'unknown',
    severity: 'error',
    vastError: ERROR_CODES.schemaValidation,
    title: 'The name of an element is written in the wrong case',
    why: 'XML tells upper from lower case: for a player the element is not there.',
    fix: 'Write the name as the specification does.',
    spec: 'XML 1.0, 2.3',
    check: strange('case', (place) => {
      const right = [...siblingsOfUnknown(place)!.keys()].find((each) => sameWord(each, place.element.name));
      return `${place.element.name} should be ${right}`;
    }),
  },
  {
    id: 'document/element-prefix',
    elements: 'unknown',
    severity: 'warning',
    title: 'An element of VAST has a namespace prefix',
    why: 'Most players compare names as they are written and do not find it.',
    fix: 'Make the namespace of VAST the default one and write names without a prefix.',
    spec: 'VAST 4.3, 3.1',
    check: strange('prefix', ({ element }) => `${element.name} is written with a prefix`),
  },
  {
    id: 'document/element-repeated',
    elements: 'known',
    signs: ['again'],
    severity: 'warning',
    title: 'An element stands more often than once',
    why: 'Some players take the first, others the last one.',
    fix: 'Keep one of them, or join what they hold.',
    spec: 'VAST 4.3, 5',
    coveredBy: ['document/ad-ambiguous'],
    // 2.0 and 3.0 allow one Error by schema, and players have always taken several.
    check: ({ element, parent, isAgain }) =>
      !isAgain || element.name === 'Error' || parent!.element.name === 'Ad'
        ? null
        : `${parent!.element.name} has more than one ${element.name}`,
  },
  {
    id: 'document/order',
    elements: 'known',
    signs: ['disorder'],
    severity: 'info',
    title: 'Elements stand in another order than the schema has them',
    why: 'Players do not mind, but a validating ad server or a strict parser refuses the document.',
    fix: 'Order the elements as the schema of the version does.',
    spec: 'VAST 4.3, 5',
    check: (place) => {
      const { children, name: parent } = place.element;
      let highest = -1;
      for (let i = 0; i < children.length; i += 1) {
        const rank = rankOf(place, children[i]!.name);
        if (rank !== -1 && rank < highest) return `${children[i]!.name} in ${parent} stands too late`;
        if (rank > highest) highest = rank;
      }
      return null;
    },
  },
  {
    id: 'document/text-in-container',
    elements: 'known',
    signs: ['text'],
    severity: 'warning',
    title: 'There is text where only elements belong',
    why: 'It is often the rest of a broken CDATA section or of a template that was not filled.',
    fix: 'Remove the text, or put it into the element it was meant for.',
    spec: 'VAST 4.3, 5',
    // an interactive file in an extension has both: its URL, and what it is started with [CTV Addendum 2024]
    check: ({ element, schema }) =>
      schema?.children?.size && element.text !== '' && element.name !== 'InteractiveCreativeFile'
        ? `${element.name} holds text of its own`
        : null,
  },
  {
    id: 'document/creative-empty',
    elements: ['Creative'],
    signs: ['odd'],
    severity: 'warning',
    title: 'A Creative holds no Linear, NonLinearAds or CompanionAds',
    why: 'A creative of no kind is never shown.',
    fix: 'Put the creative into it, or leave it out.',
    spec: 'VAST 4.3, 3.7',
    check: ({ element, body }) =>
      body !== 'InLine' || element.children.some(({ name }) => /^(Linear|NonLinearAds|CompanionAds)$/i.test(name))
        ? null
        : 'the Creative holds nothing to show',
  },
]);
