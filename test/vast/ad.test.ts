import { expect } from 'chai';
import { readAd, readBoolean, type Ad, type Wrapper } from '../../src/vast/ad.ts';
import { parseXml } from '../../src/vast/xml.ts';

function ad(text: string): Ad {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.defect.message);
  return readAd(parsed.root);
}

describe('readAd', () => {
  it('reads an InLine', () => {
    const inline = ad(
      '<Ad id="1" sequence="2"><InLine><Error>e</Error><Error/><Category>IAB1</Category></InLine></Ad>',
    );
    expect(inline).to.deep.include({ kind: 'inline', id: '1', sequence: 2, errorUrls: ['e'], categories: ['IAB1'] });
    expect(inline.body.name).to.equal('InLine');
  });

  it('reads a Wrapper', () => {
    const text = `<Ad><Wrapper followAdditionalWrappers="0" allowMultipleAds="TRUE" fallbackOnNoAd=" False ">
      <VASTAdTagURI> <![CDATA[//a.example/?a&b]]> </VASTAdTagURI>
      <BlockedAdCategories authority="a">IAB1, IAB2-3</BlockedAdCategories>
      <BlockedAdCategories>7,</BlockedAdCategories></Wrapper></Ad>`;
    expect(ad(text)).to.deep.include({
      kind: 'wrapper',
      id: null,
      sequence: null,
      tagUri: '//a.example/?a&b',
      followAdditionalWrappers: false,
      allowMultipleAds: true,
      fallbackOnNoAd: false,
      blockedAdCategories: ['IAB1', 'IAB2-3', '7'],
    });
  });

  it('has the defaults of the specification', () => {
    const { followAdditionalWrappers, allowMultipleAds, fallbackOnNoAd, tagUri } = ad(
      '<Ad><Wrapper><VASTAdTagURI/></Wrapper></Ad>',
    ) as Wrapper;
    expect([followAdditionalWrappers, allowMultipleAds, fallbackOnNoAd, tagUri]).to.deep.equal([true, false, true, '']);
  });

  it('takes only whole numbers above 0 for a sequence', () => {
    const sequences = ['1', ' 3 ', '0', '-1', '1.5', '', 'x', '1e3', '99999999999999999999'];
    const read = sequences.map((each) => ad(`<Ad sequence="${each}"><InLine/></Ad>`).sequence);
    expect(read).to.deep.equal([1, 3, null, null, null, null, null, null, null]);
  });

  const BROKEN = {
    'neither body': ['<Ad id="1"><Error>e</Error></Ad>', []],
    'both bodies': ['<Ad><InLine><Error>i</Error></InLine><Wrapper><Error>w</Error></Wrapper></Ad>', ['i', 'w']],
    'no VASTAdTagURI': ['<Ad><Wrapper><Error>w</Error></Wrapper></Ad>', ['w']],
  } as const;
  for (const [title, [text, errorUrls]] of Object.entries(BROKEN)) {
    it(`calls an Ad with ${title} broken, with its errors`, () => {
      expect(ad(text)).to.deep.include({ kind: 'broken', errorUrls });
    });
  }
});

describe('readBoolean', () => {
  it('reads true, 1, false and 0 in any case, else gives the default', () => {
    const words = ['true', 'TRUE', '1', 'false', 'False', '0', 'yes', '', undefined];
    const T = true;
    const F = false;
    expect(words.map((word) => readBoolean(word, true))).to.deep.equal([T, T, T, F, F, F, T, T, T]);
    expect(words.map((word) => readBoolean(word, false))).to.deep.equal([T, T, T, F, F, F, F, F, F]);
  });
});
