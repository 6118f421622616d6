import { expect } from 'chai';
import fc from 'fast-check';
import { elementProblems } from '../../src/validation/element-problems.ts';
import { KNOWN_MACROS } from '../../src/validation/macro-names.ts';
import { Place } from '../../src/validation/place.ts';
import { RULES } from '../../src/validation/rules/index.ts';
import type { ElementRule } from '../../src/validation/rule.ts';
import { bitsOf, SIGNS, signsOf } from '../../src/validation/signs.ts';
import { VERSIONS } from '../../src/vast/document.ts';
import { schemaOf } from '../../src/vast/schema.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const RULES_WITH_SIGNS = RULES.filter(
  (rule): rule is ElementRule => rule.looksAt === 'element' && rule.signs !== undefined,
);
const WORDS = [
  ...['%5B', '%25', '%%a%%', '&', '&amp;', '#', 'a@', '\\', '${A}', '{{A}}', '__IFA__', '<b>', ' ', 'é', 'a', '.', '/'],
  ...[
    'https://',
    'http://',
    'https://a.example/',
    '10.0.0.1',
    'localhost',
    'a.local',
    'xn--',
    ':8081',
    'https%3A%2F%2F',
  ],
  ...['[A]', '[IFA ]', '[ifa]', '[CB]', 'x'.repeat(9000)],
  ...[...KNOWN_MACROS.keys()].map((name) => `[${name}]`),
];
const NAMES = RULES_WITH_SIGNS.flatMap(({ elements }) => (typeof elements === 'string' ? [] : elements));
const ATTRIBUTES = ['id', 'apiFramework', 'offset', 'skipoffset', 'sequence', 'minBitrate', 'maxBitrate', 'bitrate', 'type', 'event', 'own', 'ID', 'x:y']; // prettier-ignore
const VALUES = [
  '',
  '0',
  '1',
  '5',
  '99:00:00',
  '200%',
  'x',
  'VPAID',
  'SIMID',
  'video/mp4',
  'progress',
  'start',
  'Start',
  'loaded',
  'verificationNotExecuted',
];

describe('elementProblems', () => {
  it('are what the rules of its name say of an element', () => {
    const document = read(vast('<Ad id="1"><InLine><AdTitle/></InLine></Ad>'));
    const problem = elementProblems(document).find(({ rule }) => rule.id === 'quality/title-empty');
    expect(problem).to.deep.include({ element: document.ads[0]!.body.children[0], message: 'AdTitle is empty' });
  });

  it('tell apart what the version knows and what it does not', () => {
    const ids = (text: string): readonly string[] => elementProblems(read(vast(text))).map(({ rule }) => rule.id);
    expect(ids('<Ad id="1" b=""><InLine/></Ad>')).to.include('document/attribute-unknown');
    expect(ids('<Add b=""/>')).to.include('document/element-unknown').and.not.include('document/attribute-unknown');
  });

  it('are found once in a document', () => {
    const document = read(vast(inLineAd()));
    expect(elementProblems(document)).to.equal(elementProblems(document));
  });

  it('are the same where rules are asked of elements without their signs, too', () => {
    const [bare, first] = ['<Ad/>', '<Ad own=""><a/><a/></Ad>'].map((text) => read(vast(text)).root.children[0]!);
    const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join(''));
    const attributes = fc.dictionary(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(...VALUES)).map((each) => new Map(Object.entries(each))); // prettier-ignore
    const parts = fc.record({ name: fc.constantFrom(...NAMES), text, attributes, children: fc.constantFrom(bare!.children, first!.children) }); // prettier-ignore
    const document = read(vast(''));
    fc.assert(
      fc.property(parts, fc.boolean(), fc.constantFrom(...VERSIONS), (own, isFirst, version) => {
        const schema = schemaOf(version).children!.get('Ad')!.element;
        const parent = new Place({ ...document, version }, first!, null, schema, true);
        const place = new Place({ ...document, version }, { ...bare!, ...own }, parent, schema, isFirst);
        const held = signsOf(place, bitsOf(SIGNS));
        for (const rule of RULES_WITH_SIGNS) {
          const isOfName =
            rule.elements === 'known' || (rule.elements !== 'unknown' && rule.elements.includes(own.name));
          const isAsked = (held & bitsOf(rule.signs!)) !== 0;
          if (!isAsked && isOfName) expect(rule.check(place), rule.id).to.equal(null);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
