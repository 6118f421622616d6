import { KNOWN_ATTRIBUTES } from '../../../vast/schema-additions.ts';
import { SCHEMA_VERSIONS, wordsOf } from '../../../vast/schema-table.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';
import type { ElementRule } from '../../rule.ts';

function isCaseOf({ schema }: Place, name: string): boolean {
  const lower = name.toLowerCase();
  for (const each of schema!.attributes!.keys()) if (each.toLowerCase() === lower) return true;
  return false;
}

/** The attributes of every element in any version. */
const OF_ANY_VERSION: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(KNOWN_ATTRIBUTES).map(([element, row]) => [
    element,
    new Set(SCHEMA_VERSIONS.flatMap((version) => (wordsOf(row, version) ?? []).map((word) => word.replace('!', '')))),
  ]),
);

/** Does another version have it on this element? */
const isElsewhere = ({ element }: Place, name: string): boolean => OF_ANY_VERSION.get(element.name)?.has(name) === true;

type OddName = 'case' | 'version' | 'unknown';

const kindOf = (place: Place, name: string): OddName => {
  if (isCaseOf(place, name)) return 'case';
  return isElsewhere(place, name) ? 'version' : 'unknown';
};

const strange =
  (kind: OddName, say: (place: Place, names: string) => string): ElementRule['check'] =>
  (place) => {
    if (place.strangeAttributes.length === 0) return null;
    const names = place.strangeAttributes.filter((name) => kindOf(place, name) === kind);
    return names.length === 0 ? null : say(place, names.join(', '));
  };

/** What the schema of the document's version says of attribute names. */
export const DOCUMENT_ATTRIBUTES_RULES = defineRules(
  { looksAt: 'element', elements: 'known', signs: ['strange attribute'] },
  [
    {
      id: 'document/attribute-unknown',
      severity: 'info',
      title: 'An attribute is not known to VAST',
      why: 'Players pass over it; it is often a slip of the pen.',
      fix: 'Correct its name, or leave it out.',
      spec: 'VAST 4.3, 5',
      check: strange('unknown', ({ element }, names) => `${element.name} has no attribute ${names}`),
    },
    {
      id: 'document/attribute-of-other-version',
      coveredBy: ['deprecated/id-value'],
      severity: 'info',
      title: 'An attribute is known to another version only',
      why: 'Players that go by the version of the document pass over it.',
      fix: 'Raise VAST@version to one that has it, or leave it out.',
      spec: 'VAST 4.3, 5',
      check: strange(
        'version',
        ({ element, document }, names) => `${element.name} of VAST ${document.version} has no attribute ${names}`,
      ),
    },
    {
      id: 'document/attribute-case',
      severity: 'warning',
      title: 'The name of an attribute is written in the wrong case',
      why: 'XML tells upper from lower case: for a player the attribute is not there.',
      fix: 'Write the name as the specification of this version does.',
      spec: 'XML 1.0, 2.3',
      check: strange('case', ({ element }, names) => `${element.name} has ${names} in the wrong case`),
    },
  ],
);
