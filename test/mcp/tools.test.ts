import { expect } from 'chai';
import { readSettings } from '../../src/config.ts';
import { createEngine } from '../../src/engine.ts';
import { RequestError } from '../../src/http/problem.ts';
import { TOOLS } from '../../src/mcp/tools.ts';

const VAST =
  '<VAST version="4.2"><Ad id="i"><InLine><AdSystem>S</AdSystem><AdTitle>Tea</AdTitle><Impression>https://t.example/i</Impression><Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://cdn.example/v.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>';

describe('TOOLS', () => {
  const settings = readSettings({ PROBE_DEFAULT: 'off' });
  const engine = createEngine(settings);
  after(() => engine.close());
  const run = async (name: string, input: object) =>
    (await TOOLS.find((each) => each.name === name)!.run(input as never, { engine, settings })) as Record<
      string,
      unknown
    >;

  it('unwraps, with a verdict first and without what is long', async () => {
    const answer = await run('unwrap', { tag: VAST });
    expect(Object.keys(answer)[0]).to.equal('verdict');
    expect(answer).to.include({ status: 'resolved' }).and.not.have.any.keys('adm', 'trackers');
    expect(await run('unwrap', { tag: VAST, include: ['adm', 'trackers'] })).to.include.keys('adm', 'trackers');
  });

  it('holds an ad against an imp', async () => {
    const imp = { video: { mimes: ['video/webm'] } };
    expect(await run('unwrap', { tag: VAST, imp })).to.include({ status: 'rejected' });
    expect((await run('validate', { document: VAST, imp }))['findings']).to.satisfy(
      (all: readonly { readonly rule: string; readonly fix: string }[]) =>
        all.some(({ rule, fix }) => rule === 'openrtb/mimes' && fix !== ''),
    );
  });

  it('asks no private address', async () => {
    expect(await run('unwrap', { tag: 'http://127.0.0.1:1/' })).to.include({ status: 'blocked' });
  });

  it('says what is wrong with what was given', async () => {
    const thrown: unknown = await run('unwrap', { tag: '{"no":"bid"}' }).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(RequestError);
  });

  it('explains, and knows its hosts', async () => {
    expect(await run('explain', { word: '303' })).to.include({ kind: 'code' });
    expect(await run('hosts', {})).to.have.property('hosts');
  });
});
