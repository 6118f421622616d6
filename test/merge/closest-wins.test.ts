import { expect } from 'chai';
import { mergeAds } from '../../src/merge/merge.ts';
import { settled } from '../support/settled.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const clicks = (content: string): string => `<VideoClicks>${content}</VideoClicks>`;
const icons = (...programs: readonly string[]): string =>
  `<Icons>${programs.map((program) => `<Icon program="${program}"/>`).join('')}</Icons>`;
const wrapper = (linear: string): string =>
  vast(
    `<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI><Creatives><Creative><Linear>${linear}</Linear></Creative></Creatives></Wrapper></Ad>`,
  );

/** What an InLine's Linear becomes under these wrappers, outermost first. */
function merged(own: string, ...wrapped: readonly string[]): string {
  const inLine = vast(inLineAd().replace('<Linear>', `<Linear>${own}`));
  return mergeAds([settled(wrapped.map(wrapper), inLine)], { pod: false, dedupe: 'none' }).adm;
}

describe('addClickThrough', () => {
  const [outer, inner] = [
    clicks('<ClickThrough>outer</ClickThrough>'),
    clicks('<ClickThrough id="i">inner</ClickThrough>'),
  ];

  it('takes that of the closest wrapper, where the InLine has none', () => {
    expect(merged('', outer, inner))
      .to.contain(inner)
      .and.not.contain('outer');
    expect(merged('', outer, '')).to.contain(outer);
    expect(merged(clicks('<ClickThrough>own</ClickThrough>'), outer))
      .to.contain('own')
      .and.not.contain('outer');
  });

  it('sees one in a second VideoClicks too', () => {
    const twice = clicks('<ClickTracking>t</ClickTracking>') + clicks('<ClickThrough>own</ClickThrough>');
    expect(merged(twice, outer)).to.contain(twice).and.not.contain('outer');
  });

  it('fills an empty one, so that there is never a second', () => {
    for (const empty of ['<ClickThrough/>', '<ClickThrough></ClickThrough>', '\n<ClickThrough />']) {
      const adm = merged(
        clicks(empty),
        clicks('<ClickThrough><![CDATA[a&b]]></ClickThrough>'),
        clicks('<ClickThrough> </ClickThrough>'),
      );
      expect(adm.match(/<ClickThrough.*<\/ClickThrough *>/g)).to.deep.equal([
        `<ClickThrough${empty.endsWith(' />') ? ' ' : ''}><![CDATA[a&b]]></ClickThrough>`,
      ]);
    }
  });
});

describe('addIcons', () => {
  const programs = (adm: string): readonly string[] =>
    [...adm.matchAll(/<Icon program="(\w*)"/g)].map(([, each]) => each!);

  it('takes of one program that of the closest hop', () => {
    expect(programs(merged(icons('a'), icons('a', 'b', 'c'), icons('a', 'b')))).to.deep.equal(['a', 'b', 'c']);
  });

  it('keeps two of one hop, and those that name no program', () => {
    expect(programs(merged(icons(''), icons('', 'a'), icons('', 'b', 'b')))).to.deep.equal(['', '', 'b', 'b', '', 'a']);
  });

  it('looks at each Linear by itself, and never makes an icon an extra creative', () => {
    const inLine = vast(
      inLineAd().replace('<Creatives>', `<Creatives><Creative><Linear>${icons('a')}</Linear></Creative>`),
    );
    const { adm } = mergeAds([settled([wrapper(icons('a', 'b'))], inLine)], { pod: false, dedupe: 'none' });
    expect(programs(adm)).to.deep.equal(['a', 'b', 'a', 'b']);
    expect(adm.match(/<Creative>/g)).to.have.length(2);
  });
});
