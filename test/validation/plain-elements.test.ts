import { expect } from 'chai';
import { Place } from '../../src/validation/place.ts';
import { isPlain } from '../../src/validation/plain-elements.ts';
import { walk } from '../../src/validation/walk.ts';
import { read } from '../support/vast-text.ts';

/** The names of the elements that are what such elements mostly are, each once. */
function plain(text: string): readonly string[] {
  const names = new Set<string>();
  walk(read(text), (place) => {
    if (isPlain(place)) names.add(place.element.name);
  });
  return [...names];
}

const inLine = (parts: string): string => `<VAST version="4.2"><Ad><InLine>${parts}</InLine></Ad></VAST>`;
const wrapper = (parts: string): string => `<VAST version="4.2"><Ad><Wrapper>${parts}</Wrapper></Ad></VAST>`;
const creative = (parts: string, attributes = ''): string =>
  `<Creatives><Creative${attributes}>${parts}</Creative></Creatives>`;
const linear = (parts: string): string => creative(`<Linear>${parts}</Linear>`, ' id="1"');
const verification = (parts: string, vendor = 'a.example-omid'): string =>
  `<AdVerifications><Verification vendor="${vendor}">${parts}</Verification></AdVerifications>`;

const SCRIPT = '<JavaScriptResource apiFramework="omid" browserOptional="true">https://a.example/</JavaScriptResource>';
const EVENTS =
  '<TrackingEvents><Tracking event="verificationNotExecuted">https://a.example/[REASON]</Tracking></TrackingEvents>';
const PARAMETERS = '<VerificationParameters>a</VerificationParameters>';

describe('isPlain', () => {
  it('is of the VAST, the Ad and the names of an ordinary document', () => {
    expect(plain(inLine('<AdSystem>a</AdSystem><AdTitle>a</AdTitle>'))).to.deep.equal(['VAST', 'Ad', 'AdSystem', 'AdTitle']); // prettier-ignore
    expect(plain('<VAST version="4.2"><Ad/><Ad><InLine><AdTitle/></InLine><Wrapper/></Ad></VAST>')).to.deep.equal([]);
  });

  it('is of a Creative that is named and shows something, and of any of a Wrapper', () => {
    expect(plain(inLine(creative('<Linear/>', ' id="1"')))).to.include('Creative');
    expect(plain(inLine(creative('<CompanionAds/><UniversalAdId/>')))).to.include('Creative');
    for (const other of [creative('<Linear/>'), creative('<UniversalAdId/>')]) expect(plain(inLine(other))).not.to.include('Creative'); // prettier-ignore
    expect(plain(wrapper(creative('')))).to.include('Creative');
  });

  it('is of a Linear that only tracks, and of clicks that lead somewhere', () => {
    expect(plain(wrapper(linear('<VideoClicks/>')))).to.include.members(['Linear', 'VideoClicks']);
    expect(plain(inLine(linear('<VideoClicks/>'))))
      .to.not.include.members(['Linear'])
      .and.not.include('VideoClicks');
    expect(plain(wrapper(linear('<MediaFiles/>')))).not.to.include('Linear');
    expect(plain(inLine(linear('<VideoClicks><ClickThrough/></VideoClicks>')))).to.include('VideoClicks');
  });

  it('is of an event that every version has, where it belongs', () => {
    const event = (owner: string, name: string): boolean => {
      const document = read(`<VAST><Tracking event="${name}"/></VAST>`);
      const at = (of: string, parent: Place | null): Place =>
        new Place(document, { ...document.root, name: of }, parent, null, false);
      return isPlain(new Place(document, document.root.children[0]!, at('TrackingEvents', at(owner, null)), null, false)); // prettier-ignore
    };
    expect([event('Linear', 'start'), event('NonLinearAds', 'start'), event('Companion', 'creativeView')]).to.deep.equal([true, true, true]); // prettier-ignore
    for (const [owner, name] of [
      ['Companion', 'start'],
      ['Linear', 'Start'],
      ['Linear', ''],
      ['Linear', 'loaded'],
      ['Icon', 'start'],
      ['Verification', 'verificationNotExecuted'],
    ] as const) {
      expect(event(owner, name), `${name} of ${owner}`).to.equal(false);
    }
  });

  it('is of a time and an id as they should be', () => {
    const duration = (text: string): readonly string[] => plain(inLine(linear(`<Duration>${text}</Duration>`)));
    expect(duration('00:00:15')).to.include('Duration');
    for (const text of ['00:00:00', '00:00:15.5', '15', '']) expect(duration(text), text).not.to.include('Duration');
    const id = (text: string, attributes = ''): readonly string[] =>
      plain(inLine(creative(`<UniversalAdId${attributes}>${text}</UniversalAdId>`)));
    expect(id('a', ' idRegistry="ad-id.org"')).to.include('UniversalAdId');
    for (const [text, attributes] of [
      ['', ''],
      ['Unknown', ''],
      ['a', ' idValue="a"'],
      ['a', ' idRegistry="unknown"'],
    ] as const) {
      expect(id(text, attributes), text + attributes).not.to.include('UniversalAdId');
    }
  });

  it('is of an Extension of somebody’s own', () => {
    const extension = (attributes: string, parts = ''): readonly string[] =>
      plain(inLine(`<Extensions><Extension${attributes}>${parts}</Extension></Extensions>`));
    expect(extension(' type="own"', '<Own/>')).to.include('Extension');
    for (const attributes of [' type="AdVerifications"', ' type="ctv_ad_portfolio"', ' type="pos" ext="adcom"']) {
      expect(extension(attributes), attributes).not.to.include('Extension');
    }
    expect(extension('', '<MediaFiles/>')).not.to.include('Extension');
  });

  it('is of the only Verification, with all that it should have', () => {
    const whole = SCRIPT + EVENTS + PARAMETERS;
    expect(plain(inLine(verification(whole)))).to.include.members(['Verification', 'JavaScriptResource', 'Tracking']);
    const others = [SCRIPT + EVENTS, SCRIPT + PARAMETERS, EVENTS + PARAMETERS].map((parts) => verification(parts));
    const twice = verification(whole).replace('</AdVerifications>', '<Verification/></AdVerifications>');
    for (const other of [...others, verification(whole, 'a'), twice]) expect(plain(inLine(other))).not.to.include('Verification'); // prettier-ignore
    const script = (from: string, to: string): string => inLine(verification(SCRIPT.replace(from, to)));
    for (const [from, to] of [
      ['omid', 'own'],
      [' browserOptional="true"', ''],
      ['https://a.example/', 'var a'],
    ] as const) {
      expect(plain(script(from, to)), to).not.to.include('JavaScriptResource');
    }
  });

  it('is of an image', () => {
    const image = (type: string): readonly string[] =>
      plain(inLine(creative(`<CompanionAds><Companion><StaticResource creativeType="${type}"/></Companion></CompanionAds>`))); // prettier-ignore
    expect(image('image/png')).to.include('StaticResource');
    expect(image('application/x-shockwave-flash')).not.to.include('StaticResource');
  });
});
