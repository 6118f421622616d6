import { expect } from 'chai';
import fc from 'fast-check';
import { ATTRIBUTE_FORMS } from '../../src/validation/attribute-forms.ts';
import { elementProblems } from '../../src/validation/element-problems.ts';
import { KNOWN_MACROS } from '../../src/validation/macro-names.ts';
import { RULES } from '../../src/validation/rules/index.ts';
import type { ElementRule } from '../../src/validation/rule.ts';
import { bitsOf, SIGNS } from '../../src/validation/signs.ts';
import { signsOf } from '../../src/validation/signs-of.ts';
import { walk } from '../../src/validation/walk.ts';
import { VERSIONS } from '../../src/vast/document.ts';
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
/** Where the element stands. */
const PLACES = [
  ...['*', '<Ad>*</Ad>', '<Ad><Wrapper>*</Wrapper></Ad>', '<Ad><InLine>*<AdTitle/>*</InLine></Ad>'],
  ...[
    '<Linear>*</Linear>',
    '<Linear><TrackingEvents>*</TrackingEvents></Linear>',
    '<Linear><MediaFiles>*</MediaFiles></Linear>',
    '<Linear><Icons>*</Icons></Linear>',
    '<CompanionAds>*</CompanionAds>',
    '<CompanionAds><Companion>*<TrackingEvents>*</TrackingEvents></Companion></CompanionAds>',
    '<NonLinearAds>*<NonLinear/><TrackingEvents>*</TrackingEvents></NonLinearAds>',
  ].map((creative) => `<Ad><InLine><Creatives><Creative>${creative}</Creative></Creatives></InLine></Ad>`),
  '<Ad><InLine><AdVerifications><Verification>*<TrackingEvents>*</TrackingEvents></Verification></AdVerifications></InLine></Ad>',
];
/** What it holds beside text. */
const CHILDREN = [
  ...['<a/><a/>', '<Duration/>', '<MediaFiles/><Duration/>', 'a<MediaFiles/>', '<MediaFiles/><![CDATA[a]]>'],
  ...['<MediaFile/>', '<MediaFile type="video/mp4"/>'.repeat(2), '<MediaFile type="image/png"/>'.repeat(2)],
  ...['<InteractiveCreativeFile/>', '<AdTitle/><AdSystem/><AdTitle/>', '<Impression/><Impression/><Error/>'],
  ...['<InLine/>', '<InLine/><Wrapper/>', '<Wrapper/><own/>', '<Linear/>', '<CompanionAds/>', '<UniversalAdId/>'],
  ...['<ClickThrough/>', '<MediaFiles><InteractiveCreativeFile apiFramework="SIMID"/></MediaFiles>'],
  ...['', 'VerificationParameters', 'TrackingEvents'].map((missing) =>
    [
      '<JavaScriptResource>https://a.example/</JavaScriptResource>',
      '<TrackingEvents><Tracking event="verificationNotExecuted">https://a.example/[REASON]</Tracking></TrackingEvents>',
      '<VerificationParameters>a</VerificationParameters>',
    ]
      .filter((part) => missing === '' || !part.includes(missing))
      .join(''),
  ),
  ...['00:00:15', '00:00:00', '00:00:15.5', '0:15', 'unknown', 'https://a.example/a.mp4', 'https://a.example/[REASON]'],
];
const ATTRIBUTES = [
  ...['vendor', 'browserOptional', 'idRegistry', 'idValue', 'ext'],
  ...['id', 'apiFramework', 'offset', 'skipoffset', 'sequence', 'event', 'own', 'ID', 'x:y', 'conditionalAd', 'adType'],
  ...[
    'minBitrate',
    'maxBitrate',
    'bitrate',
    'width',
    'height',
    'type',
    'creativeType',
    'codec',
    'delivery',
    'duration',
  ],
  ...Object.values(ATTRIBUTE_FORMS).flatMap(({ attributes }) => attributes),
];
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
  ...[
    'creativeView',
    'true',
    'yes',
    '640',
    '200000',
    '1.5',
    'video/webm',
    'application/x-mpegURL',
    'streaming',
    'left',
  ],
  ...['a.example-omid', 'omid', 'unknown', 'image/png', 'image/flash', 'ctv_ad_portfolio', 'AdVerifications', 'adcom'],
  ...['avc1.4d401e', 'H.264', 'CPM', 'EUR', 'all', 'end-card', 'hybrid'],
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
    const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join(''));
    const attributes = fc.dictionary(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(...VALUES));
    const content = fc.oneof(text.map(escaped), text.map(section), fc.constantFrom(...CHILDREN));
    const parts = fc.record({
      name: fc.constantFrom(...NAMES),
      attributes,
      content,
      place: fc.constantFrom(...PLACES),
    });
    fc.assert(
      fc.property(parts, fc.constantFrom(...VERSIONS), ({ name, attributes: own, content: inside, place }, version) => {
        const written = Object.entries(own).map(([key, value]) => ` ${key}="${value}"`);
        const element = `<${name}${written.join('')}>${inside}</${name}>`;
        walk(read(`<VAST version="${version}">${place.replace('*', element)}</VAST>`), (each) => {
          const held = signsOf(each, bitsOf(SIGNS));
          for (const rule of RULES_WITH_SIGNS) {
            const isOfName =
              rule.elements === (each.schema === null ? 'unknown' : 'known') ||
              rule.elements.includes(each.element.name);
            const isAsked = (held & bitsOf(rule.signs!)) !== 0;
            if (!isAsked && isOfName) expect(rule.check(each), `${rule.id} of ${element}`).to.equal(null);
          }
        });
      }),
      { numRuns: 3000 },
    );
  });
});

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const section = (text: string): string => `<![CDATA[${text}]]>`;
