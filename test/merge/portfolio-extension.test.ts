import { expect } from 'chai';
import { collapse } from '../../src/merge/collapse.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import type { Merged } from '../../src/merge/merged.ts';
import { extensions, file, portfolio } from '../support/ad-body.ts';
import { branchOf, settled } from '../support/settled.ts';
import { vast } from '../support/vast-text.ts';

const tracking = (url: string): string => `<TrackingEvents><Tracking event="close">${url}</Tracking></TrackingEvents>`;
const inLine = (content: string): string => vast(`<Ad><InLine><Impression/>${content}</InLine></Ad>`);
const wrapper = (content: string): string =>
  vast(`<Ad><Wrapper><VASTAdTagURI>https://n.example/</VASTAdTagURI>${content}</Wrapper></Ad>`);
const merge = (own: string, ...wrapped: readonly string[]): Merged =>
  mergeAds([settled(wrapped.map(wrapper), inLine(own))], { pod: false, dedupe: 'none' });
const events = (merged: Merged): readonly string[] => merged.trackers().map(({ event, url }) => `${event} ${url}`);

const OWN = extensions(portfolio(`${file('m')}${tracking('own')}`));

describe('addPortfolio', () => {
  it("gives a wrapper's trackers to the InLine's extension, closest first, and copies no second one", () => {
    const merged = merge(OWN, extensions(portfolio(tracking('far'))), extensions(portfolio(tracking('near'))));
    expect(events(merged)).to.deep.equal(['nonLinear.close own', 'nonLinear.close near', 'nonLinear.close far']);
    expect(merged.adm.match(/ctv_ad_portfolio/g)).to.have.length(1);
  });

  it('counts clicks of both kinds and icons', () => {
    const content =
      '<NonLinearClickTracking>c</NonLinearClickTracking><NonLinearCustomClick>k</NonLinearCustomClick>' +
      '<Icons><Icon program="p"><IconViewTracking>v</IconViewTracking></Icon></Icons>';
    expect(events(merge(OWN, extensions(portfolio(content))))).to.deep.equal([
      ...['nonLinear.close own', 'nonLinear.clickTracking c', 'nonLinear.customClick k', 'icon.view v'],
    ]);
  });

  it('keeps signals of the InLine, and takes those that it has not', () => {
    const own = extensions(portfolio(`<plcmt>5</plcmt>${file('m')}`));
    const { adm } = merge(own, extensions(portfolio('<plcmt>7</plcmt><pos>14</pos>')));
    expect(adm).to.contain('<plcmt>5</plcmt>').and.contain('<pos>14</pos>').and.not.contain('<plcmt>7</plcmt>');
  });

  it('says what of the wrapper has no meaning', () => {
    const { findings } = merge(OWN, extensions(portfolio(file('w'))));
    expect(findings.map(({ rule, hop }) => [rule, hop])).to.deep.equal([['chain/media-in-wrapper', 0]]);
  });

  it('copies that of the closest wrapper where the InLine has none, and adds up in a Wrapper', () => {
    const wrapped = extensions(portfolio(tracking('w')));
    const linear = `<Creatives><Creative><Linear>${file('m')}</Linear></Creative></Creatives>`;
    expect(merge(linear, wrapped).adm).to.contain(portfolio(tracking('w')));
    expect(events(merge(linear, extensions(portfolio(tracking('far'))), wrapped))).to.deep.equal([
      ...['nonLinear.close w', 'nonLinear.close far'],
    ]);
    const { adm } = collapse(branchOf([wrapped, OWN].map(wrapper)), 'https://n.example/');
    expect(adm.match(/ctv_ad_portfolio/g)).to.have.length(1);
    expect(adm).to.contain('>own<').and.contain('>w<');
  });

  it('takes trackers of NonLinearAds where nothing else of the InLine is nonlinear', () => {
    const wrapped = `<Creatives><Creative><NonLinearAds>${tracking('w')}<NonLinear><NonLinearClickTracking>c</NonLinearClickTracking></NonLinear></NonLinearAds></Creative></Creatives>`;
    expect(events(merge(OWN, wrapped))).to.include.members(['nonLinear.close w', 'nonLinear.clickTracking c']);
    const beside = `<Creatives><Creative><NonLinearAds><NonLinear/></NonLinearAds></Creative></Creatives>${OWN}`;
    const [before] = merge(beside, wrapped).adm.split('<Extensions>');
    expect(before).to.contain('>w<').and.contain('>c<');
  });
});
