import { expect } from 'chai';
import { Place } from '../../src/validation/place.ts';
import { bitOf, bitsOf, SIGNS, type Sign } from '../../src/validation/signs.ts';
import { signsOf } from '../../src/validation/signs-of.ts';
import { walk } from '../../src/validation/walk.ts';
import { schemaOf } from '../../src/vast/schema.ts';
import { read } from '../support/vast-text.ts';

/** The signs of the first element of a name. */
function signs(text: string, name: string, wanted: readonly Sign[] = SIGNS): readonly Sign[] {
  const places: Place[] = [];
  walk(read(text), (place) => places.push(place));
  const held = signsOf(
    places.find(({ element }) => element.name === name)!,
    bitsOf(wanted),
  );
  return SIGNS.filter((sign) => (held & bitOf(sign)) !== 0);
}

const holds = (sign: Sign, text: string, name: string): boolean => signs(text, name, [sign]).includes(sign);

const inLine = (parts: string, version = '4.2'): string =>
  `<VAST version="${version}"><Ad><InLine>${parts}</InLine></Ad></VAST>`;
const linear = (parts: string, version?: string): string =>
  inLine(`<Creatives><Creative><Linear>${parts}</Linear></Creative></Creatives>`, version);
const impression = (text: string, version?: string): string => inLine(`<Impression>${text}</Impression>`, version);
const file = (attributes = '', url = 'https://m.example/a.mp4?b'): string =>
  `<MediaFile type="video/mp4" width="640" height="360" bitrate="800"${attributes}>${url}</MediaFile>`;

describe('signsOf', () => {
  it('is of the element, its attributes and where it stands', () => {
    const document = read('<VAST version="" own="" offset=""/>');
    const of = (isAgain: boolean, ...wanted: readonly Sign[]): readonly string[] => {
      const held = signsOf(new Place(document, document.root, null, schemaOf('4.2'), isAgain), bitsOf(wanted));
      return SIGNS.filter((sign) => (held & bitOf(sign)) !== 0);
    };
    expect(of(false)).to.deep.equal(['@offset', 'strange attribute']);
    expect(of(true)).to.deep.equal(['@offset', 'strange attribute', 'again']);
    expect(of(false, '%')).to.include('no plain URL');
  });

  it('knows what its schema wants', () => {
    const parts = '<AdSystem/><AdTitle/><Impression/><Creatives/>';
    expect(signs(inLine(parts, '2.0'), 'InLine', [])).to.deep.equal([]);
    expect(signs(inLine(parts.replace('<AdTitle/>', ''), '2.0'), 'InLine', [])).to.deep.equal(['lacks child']);
    expect(signs(linear('<TrackingEvents><Tracking/></TrackingEvents>'), 'Tracking', [])).to.deep.equal(['lacks attribute']); // prettier-ignore
    expect(signs(linear('<TrackingEvents><Tracking Event=""/></TrackingEvents>'), 'Tracking', [])).to.include('lacks attribute'); // prettier-ignore
  });

  it('knows the order of children, what may stand once, and text that has no place', () => {
    expect(holds('disorder', linear('<Duration/><MediaFiles/>'), 'Linear')).to.equal(false);
    expect(holds('disorder', linear('<MediaFiles/><own/><Duration/>'), 'Linear')).to.equal(true);
    expect(holds('again', inLine('<AdTitle/><Impression/><Impression/>'), 'Impression')).to.equal(false);
    for (const [text, isText] of [
      ['\n\t', false],
      ['a', true],
      ['&#32;', true],
      ['<![CDATA[a]]>', true],
    ] as const) {
      for (const parts of [text, `<Duration/>${text}`, `${text}<Duration/>`, `<Duration/>${text}<MediaFiles/>`])
        expect(holds('text', linear(parts), 'Linear'), parts).to.equal(isText);
    }
    expect(holds('text', impression('a'), 'Impression')).to.equal(false);
  });

  it('knows values that are not of their form', () => {
    expect(holds('odd value', linear(`<MediaFiles>${file(' delivery=" streaming "')}</MediaFiles>`), 'MediaFile')).to.equal(false); // prettier-ignore
    expect(holds('odd value', linear(`<MediaFiles>${file(' delivery="stream"')}</MediaFiles>`), 'MediaFile')).to.equal(true); // prettier-ignore
    expect(holds('odd value', inLine('<AdTitle delivery="stream"/>'), 'AdTitle')).to.equal(false);
  });

  it('tells macros apart', () => {
    const url = (macro: string, version?: string): readonly string[] =>
      signs(impression(`<![CDATA[https://a.example/${macro}]]>`, version), 'Impression').filter((sign) =>
        sign.includes('macro'),
      );
    expect(url('[CACHEBUSTING]')).to.deep.equal([]);
    expect(url('[IFA]')).to.deep.equal([]);
    expect(url('[IFA]', '2.0')).to.deep.equal(['later macro']);
    expect(url('[ERRORCODE]')).to.deep.equal(['narrow macro']);
    expect(url('[REASON]')).to.deep.equal(['narrow macro']);
    expect(url('[OWN]')).to.deep.equal(['unknown macro']);
    expect(url('[CACHEBUSTING]&[TIMESTAMP]')).to.deep.equal([]);
    expect(url('[CACHEBUSTING]&[TIMESTAMP]', '3.0')).to.deep.equal(['later macro']);
    expect(url('[CACHEBUSTING]&[[OWN]]')).to.deep.equal(['unknown macro']);
    expect(url('[CACHEBUSTINGS]')).to.deep.equal(['unknown macro']);
  });

  it('knows macros that stand where they belong', () => {
    const text = 'https://a.example/[ERRORCODE]';
    expect(holds('narrow macro', inLine(`<Error>${text}</Error>`), 'Error')).to.equal(false);
    const tracking = (event: string): string =>
      linear(`<TrackingEvents><Tracking event="${event}">https://a.example/[REASON]</Tracking></TrackingEvents>`);
    expect(holds('narrow macro', tracking('start'), 'Tracking')).to.equal(true);
    expect(holds('narrow macro', tracking('verificationNotExecuted'), 'Tracking')).to.equal(false);
  });

  it('knows an & outside of CDATA', () => {
    expect(holds('bare &', impression('<![CDATA[https://a.example/?a&b]]>'), 'Impression')).to.equal(false);
    expect(holds('bare &', impression('https://a.example/?a&amp;b'), 'Impression')).to.equal(true);
    expect(holds('bare &', impression('https://a.example/?a'), 'Impression')).to.equal(false);
  });

  it('knows what is not as elements of its name mostly are', () => {
    const [one, two] = [`<MediaFiles>${file()}</MediaFiles>`, `<MediaFiles>${file()}${file()}</MediaFiles>`];
    expect(holds('odd', linear(one), 'MediaFile')).to.equal(false);
    expect(holds('odd', linear(one.replace('800', '0')), 'MediaFile')).to.equal(true);
    expect(holds('odd', linear(one), 'MediaFiles')).to.equal(true);
    expect(holds('odd', linear(two), 'MediaFiles')).to.equal(false);
  });
});
