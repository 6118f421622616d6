import { expect } from 'chai';
import fc from 'fast-check';
import { elementProblems } from '../../src/validation/element-problems.ts';
import { KNOWN_MACROS } from '../../src/validation/macro-names.ts';
import { Place } from '../../src/validation/place.ts';
import { RULES } from '../../src/validation/rules/index.ts';
import type { ElementRule } from '../../src/validation/rule.ts';
import { bitsOf, signsOf } from '../../src/validation/text-signs.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const RULES_WITH_SIGNS = RULES.filter(
  (rule): rule is ElementRule => rule.looksAt === 'element' && rule.holds !== undefined,
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

  it('are the same where rules are asked of texts without their signs, too', () => {
    const [parent] = read(vast('<Ad/>')).root.children;
    const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('Error', 'Tracking', 'VASTAdTagURI', 'AdTitle'), (own, name) => {
        const place = new Place(read(vast('')), { ...parent!, name, text: own }, null, null, true);
        for (const rule of RULES_WITH_SIGNS) {
          const isAsked = (signsOf(own) & bitsOf(rule.holds!)) !== 0;
          if (!isAsked && rule.elements.includes(name)) expect(rule.check(place), rule.id).to.equal(null);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
