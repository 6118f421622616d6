import { expect } from 'chai';
import type { Settled } from '../../src/chain/step.ts';
import { filesToProbe } from '../../src/unwrap/files-to-probe.ts';
import type { InLine } from '../../src/vast/ad.ts';
import { read } from '../support/vast-text.ts';

/** An ad with a Linear of these files: type and URL. */
function ad(...files: readonly (readonly [string, string])[]): Settled {
  const mediaFiles = files.map(([type, url]) => `<MediaFile delivery="progressive" type="${type}">${url}</MediaFile>`);
  const document = read(
    `<VAST version="4.0"><Ad id="a"><InLine><Creatives><Creative><Linear><MediaFiles>${mediaFiles.join('')}</MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`,
  );
  return { kind: 'settled', hop: 0, document, inline: document.ads[0] as InLine, branch: [] };
}

const mp4 = (name: string): readonly [string, string] => ['video/mp4', `https://cdn.example/${name}`];
const webm = (name: string): readonly [string, string] => ['video/webm', `https://cdn.example/${name}`];
const names = (urls: readonly string[]): readonly string[] =>
  urls.map((url) => url.slice('https://cdn.example/'.length));

describe('filesToProbe', () => {
  it('takes the first few of an ad', () => {
    expect(names(filesToProbe([ad(mp4('1'), mp4('2'), mp4('3'), mp4('4'))], null))).to.deep.equal(['1', '2', '3']);
  });

  it('takes those first that the imp takes', () => {
    const files = ad(webm('1'), webm('2'), mp4('3'), webm('4'), mp4('5'));
    const imp = { id: '1', video: { mimes: ['VIDEO/MP4'] } };
    expect(names(filesToProbe([files], imp))).to.deep.equal(['3', '5', '1']);
  });

  it('takes the files of every ad of a pod, each once, and not too many in all', () => {
    expect(names(filesToProbe([ad(mp4('1')), ad(mp4('1'), mp4('2'))], null))).to.deep.equal(['1', '2']);
    const pod = Array.from({ length: 20 }, (_, index) => ad(mp4(`${index}`)));
    expect(filesToProbe(pod, null).length).to.equal(16);
  });

  it('takes the first interactive file of an ad, but no script of a verification', () => {
    const document = read(`<VAST version="4.2"><Ad id="a"><InLine>
      <AdVerifications><Verification><JavaScriptResource>https://cdn.example/omid.js</JavaScriptResource></Verification></AdVerifications>
      <Creatives><Creative><Linear><MediaFiles>
        <MediaFile type="video/mp4">https://cdn.example/1</MediaFile>
        <InteractiveCreativeFile type="text/html">data:text/html,x</InteractiveCreativeFile>
        <InteractiveCreativeFile type="text/html">https://cdn.example/2</InteractiveCreativeFile>
        <InteractiveCreativeFile type="text/html">https://cdn.example/3</InteractiveCreativeFile>
      </MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`);
    const settled: Settled = { kind: 'settled', hop: 0, document, inline: document.ads[0] as InLine, branch: [] };
    expect(names(filesToProbe([settled], null))).to.deep.equal(['1', '2']);
  });

  it('takes those of a NonLinear and of the extension that stands for it before VAST 4', () => {
    const file = (name: string): string =>
      `<MediaFiles><MediaFile type="image/png">https://cdn.example/${name}</MediaFile></MediaFiles>`;
    const document = read(`<VAST version="4.2"><Ad id="a"><InLine>
      <Creatives><Creative><NonLinearAds><NonLinear>${file('1')}</NonLinear></NonLinearAds></Creative></Creatives>
      <Extensions><Extension type="ctv_ad_portfolio">${file('2')}</Extension></Extensions></InLine></Ad></VAST>`);
    const settled: Settled = { kind: 'settled', hop: 0, document, inline: document.ads[0] as InLine, branch: [] };
    expect(names(filesToProbe([settled], null))).to.deep.equal(['1', '2']);
  });

  it('leaves out what cannot be fetched', () => {
    const files = ad(
      ['video/mp4', 'a.mp4'],
      ['video/mp4', ''],
      ['video/mp4', 'ftp://cdn.example/a'],
      ['video/mp4', 'http://['],
    );
    expect(filesToProbe([files], null)).to.deep.equal([]);
  });
});
