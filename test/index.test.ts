import { expect } from 'chai';
import { adBreak, dataSource, vmapOf } from './support/vmap-text.ts';
import { createUnwrap, RequestError, SettingsError } from '../src/index.ts';
import { startAdServer } from './support/ad-server.ts';

const wrapper =
  '<VAST version="4.2"><Ad id="w"><Wrapper><AdSystem>S</AdSystem><Impression>https://t.example/w</Impression><VASTAdTagURI>{{base}}/1</VASTAdTagURI></Wrapper></Ad></VAST>';
const inline =
  '<VAST version="4.2"><Ad id="i"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><Impression>https://t.example/i</Impression><Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://m.example/a.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>';

describe('createUnwrap', () => {
  it('unwraps the breaks of a VMAP document', async () => {
    const { unwrapVmap, close } = createUnwrap();
    const { breaks } = await unwrapVmap({ adm: vmapOf(adBreak(dataSource(inline))), tmax: 1000 });
    close();
    expect(breaks.map(({ timeOffset, result }) => [timeOffset, result?.status])).to.deep.equal([['start', 'resolved']]);
  });

  it('unwraps without a service', async () => {
    await using ads = await startAdServer({ '/0': wrapper, '/1': inline });
    const { unwrap, close } = createUnwrap({ EGRESS_ALLOW: ['127.0.0.1'] });
    const report = await unwrap({ url: `${ads.base}/0`, tmax: 1000 });
    close();
    expect(report).to.include({ status: 'resolved', wrappers: 1 });
    expect(report.trackers?.map(({ url }) => url)).to.have.members(['https://t.example/i', 'https://t.example/w']);
    expect(ads.paths()).to.deep.equal(['/0', '/1']);
  });

  it('refuses wrong settings at once, all named', () => {
    const wrong = { TMAX_DEFAULT_MS: NaN, MAX_WRAPERS: 3 };
    expect(() => createUnwrap(wrong)).to.throw(SettingsError, /did you mean MAX_WRAPPERS[^]+TMAX_DEFAULT_MS=NaN/);
  });

  it('refuses wrong fields, all named', async () => {
    const { unwrap, close } = createUnwrap();
    const error = await unwrap({ tmax: 'soon' } as never).catch((thrown: unknown) => thrown);
    close();
    expect(error).to.be.instanceOf(RequestError);
    expect((error as RequestError).errors.map(({ field }) => field)).to.have.members(['url', 'tmax']);
  });
});
