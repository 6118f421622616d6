import { expect } from 'chai';
import { mergeAds } from '../../src/merge/merge.ts';
import { settled } from '../support/settled.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const verification = (vendor: string): string => `<Verification vendor="${vendor}"/>`;
const element = (...vendors: readonly string[]): string =>
  `<AdVerifications>${vendors.map(verification).join('')}</AdVerifications>`;
const extension = (content: string): string => `<Extension type="AdVerifications">${content}</Extension>`;
const extensions = (...each: readonly string[]): string => `<Extensions>${each.join('')}</Extensions>`;

function merged(version: string, wrapped: string, own = '', wrapperVersion = '4.1'): string {
  const wrapper = vast(`<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI>${wrapped}</Wrapper></Ad>`).replace(
    '4.1',
    wrapperVersion,
  );
  const inLine = vast(inLineAd().replace('</InLine>', `${own}</InLine>`)).replace('4.1', version);
  return mergeAds([settled([wrapper], inLine)], { pod: false, dedupe: 'none' }).adm;
}

describe('addVerifications', () => {
  it('reads every AdVerifications extension, not the first alone', () => {
    const wrapped = extensions(
      extension(element('a')),
      '<Extension type="other">o</Extension>',
      extension(element('b', 'c')),
    );
    expect(merged('3.0', wrapped)).to.contain(
      extensions(extension(element('a', 'b', 'c')), '<Extension type="other">o</Extension>'),
    );
  });

  it('lifts them into the element from 4.1 on, and leaves no extension behind to run twice', () => {
    const adm = merged('4.1', extensions(extension(element('a'))), element('own'), '3.0');
    expect(adm).to.contain(element('own', 'a')).and.not.contain('Extension');
  });

  it('joins the one extension that an InLine before 4.1 has', () => {
    expect(merged('2.0', element('a'), extensions(extension(element('own'))))).to.contain(
      extensions(extension(element('own', 'a'))),
    );
    expect(merged('2.0', element('a'), extensions(extension(verification('own'))))).to.contain(
      extensions(extension(verification('own') + verification('a'))),
    );
    expect(merged('3.0', element('a'), extensions(extension('')))).to.contain(extensions(extension(element('a'))));
  });

  it('keeps the element of 4.0 for verifications of 4.0', () => {
    expect(merged('4.0', element('a'), '', '4.0'))
      .to.contain(element('a'))
      .and.not.contain('Extension');
    expect(merged('4.0', element('a'), '', '4.1')).to.contain(extensions(extension(element('a'))));
  });

  it('copies an extension of that type which holds no verification', () => {
    expect(merged('4.1', extensions(extension('text')))).to.contain(extensions(extension('text')));
  });
});
