import { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { UsageError } from '../../src/cli/input.ts';
import { checkCommand } from '../../src/cli/check-command.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';

const INLINE =
  '<VAST version="4.2"><Ad id="i"><InLine><AdSystem>S</AdSystem><AdTitle>=Tea</AdTitle><Impression>https://t.example/i</Impression><AdServingId>x</AdServingId><Creatives><Creative><UniversalAdId idRegistry="r">v</UniversalAdId><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://cdn.example/v.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>';

describe('vast-unwrap check', () => {
  let ads: AdServer;
  before(async () => {
    ads = await startAdServer({ '/ad': INLINE, '/none': { status: 204 } });
  });
  after(() => ads[Symbol.asyncDispose]());

  const check = async (list: string, ...args: readonly string[]) => {
    let [stdout, stderr] = ['', ''];
    const code = await checkCommand(['-', '--allow', '127.0.0.1', ...args], {
      stdin: Readable.from([Buffer.from(list)]),
      stdout: { write: (text) => (stdout += stripVTControlCharacters(text)) },
      stderr: { write: (text) => (stderr += text), isTTY: true },
    });
    return { code, stdout, stderr };
  };

  it('shows the worst first, and exits with 1 where not every tag has an ad', async () => {
    const { code, stdout, stderr } = await check(`${ads.base}/ad\n\n${ads.base}/none\n${ads.base}/ad?again\n`);
    expect(code).to.equal(1);
    expect(stdout.split('\n')[1]).to.match(/^ +3 {2}no_ad /);
    expect(stdout).to.match(/^ {2}3 tags: /m);
    expect(stderr).to.match(/\r3 of 3\n$/);
  });

  it('exits with 0 where every tag has', async () => {
    const { code, stdout } = await check(`${ads.base}/ad`, '--format', 'csv');
    expect(code).to.equal(0);
    expect(stdout.split('\r\n')[1]).to.include(`1,${ads.base}/ad,resolved,`).and.include("'=Tea");
  });

  it('gives the rows as JSON', async () => {
    const rows = JSON.parse(
      (await check(`name,url\na,${ads.base}/ad\nb,nothing`, '--format', 'json')).stdout,
    ) as object[];
    expect(rows).to.have.lengthOf(2);
    expect(rows[0]).to.include({ line: 3, tag: 'nothing', status: 'invalid' });
    expect(rows[1]).to.include({ line: 2, status: 'resolved', adTitle: '=Tea', durationSec: 15 });
  });

  it('asks for each tag once, however many are under way', async () => {
    await using busy = await startAdServer({ '/ad': INLINE });
    const list = Array.from({ length: 12 }, (_, at) => `${busy.base}/ad?${at}`).join('\n');
    expect((await check(list, '--at-once', '3')).code).to.equal(0);
    expect(new Set(busy.paths()).size).to.equal(12);
    expect(busy.requests).to.have.lengthOf(12);
  });

  it('says what is wrong with its use', async () => {
    const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
      ['', [], /there is no tag/],
      ['https://a.example/', ['--format', 'xml'], /table, csv, json/],
      ['https://a.example/', ['--at-once', '0'], /from 1 to 64/],
      ['https://a.example/', ['more'], /one URL or file at a time/],
    ];
    for (const [list, args, message] of wrong) {
      const thrown: unknown = await check(list, ...args).catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(UsageError);
      expect((thrown as Error).message).to.match(message);
    }
  });
});
