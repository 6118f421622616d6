import { expect } from 'chai';
import { lackOf } from '../../src/vast/playable.ts';
import { read, vast } from '../support/vast-text.ts';

const lack = (creatives: string): string | null =>
  lackOf(read(vast(`<Ad><InLine>${creatives}</InLine></Ad>`)).ads[0]!.body);
const creative = (...parts: readonly string[]): string => `<Creatives>${parts.map((each) => `<Creative>${each}</Creative>`).join('')}</Creatives>`; // prettier-ignore
const linear = (files = ''): string => `<Linear><Duration>00:00:15</Duration>${files}</Linear>`;
const files = (all: string): string => `<MediaFiles>${all}</MediaFiles>`;
const URI = 'https://m.example/1';

const NOTHING: Readonly<Record<string, readonly [string, 'media' | 'creative']>> = {
  'no Creatives': ['', 'creative'],
  'empty Creatives': ['<Creatives/>', 'creative'],
  'an empty Creative': [creative(''), 'creative'],
  'a Linear without MediaFiles': [creative(linear()), 'media'],
  'an empty Linear': [creative('<Linear/>'), 'media'],
  'empty MediaFiles': [creative(linear(files(''))), 'media'],
  'a MediaFile without a URL': [creative(linear(files('<MediaFile type="video/mp4"/>'))), 'media'],
  'a MediaFile of blanks': [creative(linear(files('<MediaFile> <![CDATA[ ]]> </MediaFile>'))), 'media'],
  'captions alone': [creative(linear(files(`<ClosedCaptionFiles><ClosedCaptionFile>${URI}</ClosedCaptionFile></ClosedCaptionFiles>`))), 'media'], // prettier-ignore
  'an interactive file without a URL': [creative(linear(files('<InteractiveCreativeFile/>'))), 'media'],
  'a NonLinear without a resource': [creative('<NonLinearAds><NonLinear/></NonLinearAds>'), 'creative'],
  'a NonLinear with an empty resource': [creative('<NonLinearAds><NonLinear><StaticResource/></NonLinear></NonLinearAds>'), 'creative'], // prettier-ignore
  'a Companion with a click alone': [creative(`<CompanionAds><Companion><CompanionClickThrough>${URI}</CompanionClickThrough></Companion></CompanionAds>`), 'creative'], // prettier-ignore
  'a Linear and a Companion, both empty': [creative(linear(), '<CompanionAds><Companion/></CompanionAds>'), 'media'],
};

const SOMETHING: Readonly<Record<string, string>> = {
  'a MediaFile': creative(linear(files(`<MediaFile>${URI}</MediaFile>`))),
  'a MediaFile in the second creative': creative(linear(), linear(files(`<MediaFile>${URI}</MediaFile>`))),
  'the second MediaFile': creative(linear(files(`<MediaFile/><MediaFile>${URI}</MediaFile>`))),
  'an interactive file': creative(linear(files(`<InteractiveCreativeFile>${URI}</InteractiveCreativeFile>`))),
  'a Mezzanine': creative(linear(files(`<Mezzanine>${URI}</Mezzanine>`))),
  'a NonLinear with HTML': creative(
    '<NonLinearAds><NonLinear><HTMLResource>a</HTMLResource></NonLinear></NonLinearAds>',
  ),
  'a NonLinear with a film': creative(`<NonLinearAds><NonLinear>${files(`<MediaFile>${URI}</MediaFile>`)}</NonLinear></NonLinearAds>`), // prettier-ignore
  'a Companion with a frame': creative(`<CompanionAds><Companion><IFrameResource>${URI}</IFrameResource></Companion></CompanionAds>`), // prettier-ignore
  'a film in the extension of the CTV Ad Portfolio': `<Extensions><Extension type="ctv_ad_portfolio">${files(`<MediaFile>${URI}</MediaFile>`)}</Extension></Extensions>`, // prettier-ignore
};

describe('lackOf', () => {
  for (const [title, [creatives, expected]] of Object.entries(NOTHING)) {
    it(`finds nothing to play in ${title}`, () => expect(lack(creatives)).to.equal(expected));
  }
  for (const [title, creatives] of Object.entries(SOMETHING)) {
    it(`is content with ${title}`, () => expect(lack(creatives)).to.equal(null));
  }
});
