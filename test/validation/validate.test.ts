import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { AdSubject } from '../../src/validation/ad-subject.ts';
import type { Finding } from '../../src/validation/finding.ts';
import type { Element } from '../../src/vast/element.ts';
import type { AdRule } from '../../src/validation/rule.ts';
import { RULES } from '../../src/validation/rules/index.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { rejects, validate } from '../../src/validation/validate.ts';
import { RULE_SAMPLES } from '../support/rule-samples.ts';
import { vastDocument } from '../support/vast-arbitrary.ts';
import { needSchemas, schemaErrors } from '../support/vast-schema.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule);

describe('validate', () => {
  it('judges a single text of which nothing more is known', () => {
    expect(rulesOf(validate(subjectOfText(vast(inLineAd()))))).to.include('required/ad-serving-id');
  });

  it('makes findings of a text that cannot be read', () => {
    expect(validate(subjectOfText('<VAST>\n<Ad>'))).to.have.length(1);
    expect(validate(subjectOfText('<VAST>\n<Ad>'))[0]).to.include({ rule: 'document/not-well-formed', vastError: 100 });
  });

  it('says the same of a document that it knows, at the hop where it now stands', () => {
    const subject = subjectOfText(vast(inLineAd()));
    const [hop] = subject.hops;
    const first = validate({ ...subject, settled: [] });
    const again = validate({ ...subject, hops: [{ ...hop!, hop: 2, depth: 2 }], settled: [] });
    expect(first).to.not.have.length(0);
    expect(again).to.deep.equal(first.map((finding) => ({ ...finding, hop: 2 })));
  });

  it('switches rules off and changes their severity', () => {
    const subject = subjectOfText(vast(inLineAd()));
    const severities = { 'required/ad-serving-id': 'error', 'required/universal-ad-id': 'off' } as const;
    const findings = validate(subject, { severities });
    expect(findings[0]).to.include({ rule: 'required/ad-serving-id', severity: 'error' });
    expect(rulesOf(findings)).not.to.include('required/universal-ad-id');
  });
});

/** Whole documents of each kind and version in which nothing is wrong: others of the samples are made from them. */
const CLEAN = [
  ['an InLine of 4.2', 'required/ad-title/pass-1.xml'],
  ['a Wrapper of 4.2', 'required/vast-ad-tag-uri/pass-1.xml'],
  ['an InLine of 4.1', 'document/element-of-other-version/pass-1.xml'],
  ['an InLine of 4.0', 'deprecated/id-value/pass-1.xml'],
  ['an InLine of 3.0', 'document/order/pass-2.xml'],
  ['an InLine of 2.0', 'required/ad-id/pass-1.xml'],
  ['a NonLinear', 'required/non-linear-resource/pass-1.xml'],
  ['a Companion', 'required/companion-resource/pass-1.xml'],
  ['an Icon', 'required/icon/pass-1.xml'],
  ['a Verification', 'verification/no-resource/pass-1.xml'],
  ['SIMID', 'interactive/type-missing/pass-1.xml'],
  ['audio', 'openrtb/video-in-audio/pass-1.xml'],
] as const;

describe('validate, for documents in which nothing is wrong', () => {
  for (const [name, file] of CLEAN) {
    it(`finds nothing: ${name}`, () => {
      const text = readFileSync(join(RULE_SAMPLES, file), 'utf8');
      expect(validate(subjectOfText(text))).to.deep.equal([]);
    });

    it(`finds nothing where the schema finds nothing either: ${name}`, function () {
      needSchemas(this);
      const text = readFileSync(join(RULE_SAMPLES, file), 'utf8');
      expect(schemaErrors(text, read(text).version)).to.deep.equal([]);
    });
  }
});

/** Every element below the root. */
const elementsOf = (element: Element): readonly Element[] =>
  element.children.flatMap((each) => [each, ...elementsOf(each)]);

/** One mistake in a document: an element that is missing, doubled or last, or an attribute that is missing. */
function spoil(text: string, at: number, kind: number): string {
  const elements = elementsOf(read(text).root);
  const { start, end, openEnd, attributes } = elements[at % elements.length]!;
  const parent = elements.find((each) => each.children.some((child) => child.start === start)) ?? read(text).root;
  const own = text.slice(start, end);
  const without = text.slice(0, start) + text.slice(end);
  switch (kind) {
    case 0:
      return without;
    case 1:
      return text.slice(0, end) + own + text.slice(end);
    case 2:
      return without.slice(0, parent.closeStart - own.length) + own + without.slice(parent.closeStart - own.length);
    default: {
      const [name = ''] = [...attributes.keys()];
      return text.slice(0, start) + text.slice(start, openEnd).replace(` ${name}=`, ' spoilt=') + text.slice(openEnd);
    }
  }
}

describe('validate, beside the schemas', () => {
  it('finds every single mistake that a schema finds', function () {
    needSchemas(this);
    const texts = CLEAN.map(([, file]) => readFileSync(join(RULE_SAMPLES, file), 'utf8'));
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(200), fc.nat(3), (clean, at, kind) => {
        const text = spoil(clean, at, kind);
        // 2.0 and 3.0 allow one Error by schema; players take several.
        const isAllowed =
          schemaErrors(text.replace(/(<Error>.*?<\/Error>\s*)+/, '$1'), read(text).version).length === 0;
        if (isAllowed) return;
        expect(rulesOf(validate(subjectOfText(text))), text).not.to.deep.equal([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('validate, for any text', () => {
  it('never throws, and orders by severity', () => {
    fc.assert(
      fc.property(vastDocument, (text) => {
        const severities = validate(subjectOfText(text, { imp: { secure: 1, video: {} } })).map(
          ({ severity }) => severity,
        );
        const order = ['error', 'warning', 'info'];
        expect(severities).to.deep.equal(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('rejects', () => {
  it('is for errors of rules that say so, and for no others', () => {
    const companion = '<Companion width="1" height="1"><HTMLResource>a</HTMLResource></Companion>';
    const empty = vast(
      `<Ad><InLine><AdSystem>S</AdSystem><Creatives><Creative><CompanionAds>${companion}</CompanionAds></Creative></Creatives></InLine></Ad>`,
    );
    const findings = validate(subjectOfText(empty, { imp: { video: {} } }));
    expect(findings.some(({ severity, rule }) => severity === 'error' && !rule.startsWith('openrtb/'))).to.equal(true);
    expect(rulesOf(findings.filter(rejects))).to.deep.equal(['openrtb/nothing-to-play']);
    expect(rejects({ ...findings.find(rejects)!, severity: 'warning' })).to.equal(false);
  });
});

describe('rules against an imp or a bid', () => {
  it('find nothing where there is none', () => {
    const files = readdirSync(RULE_SAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^(openrtb|interactive)\/.*\.xml$/.test(file),
    );
    const against = RULES.filter((rule): rule is AdRule => rule.looksAt === 'ad' && rule.against !== undefined);
    expect(against).to.not.have.length(0);
    for (const file of files) {
      const subject = subjectOfText(readFileSync(join(RULE_SAMPLES, file), 'utf8'));
      for (const ad of subject.settled.map((each) => new AdSubject(each, subject))) {
        expect(against.filter((rule) => rule.check(ad).length > 0)).to.deep.equal([]);
      }
    }
  });
});
