import { expect } from 'chai';
import { readDebugRequest } from '../../src/admin/debug-request.ts';
import { runDebug } from '../../src/admin/run-debug.ts';
import { readSettings } from '../../src/config.ts';
import { Deadline } from '../../src/deadline.ts';
import { emptyForm } from '../../src/debug/debug-form.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { inLineAd, vast } from '../support/vast-text.ts';
import { portsOver } from '../support/ports.ts';

const URL = 'https://ads.example/break';
const VMAP = `<vmap:VMAP xmlns:vmap="http://www.iab.net/videosuite/vmap" version="1.0">
<vmap:AdBreak timeOffset="start" breakType="linear" breakId="pre"><vmap:AdSource id="1"><vmap:AdTagURI templateType="vast4"><![CDATA[${URL}]]></vmap:AdTagURI></vmap:AdSource></vmap:AdBreak>
<vmap:AdBreak timeOffset="50%" breakType="linear" breakId="mid"><vmap:AdSource id="2"><vmap:VASTAdData>${vast(inLineAd())}</vmap:VASTAdData></vmap:AdSource></vmap:AdBreak>
<vmap:AdBreak timeOffset="end" breakType="linear" breakId="post"/></vmap:VMAP>`;

async function run(tag: string, documents: Readonly<Record<string, string>> = {}) {
  const ports = portsOver(documents);
  const asked = readDebugRequest({ ...emptyForm(5000, 5), tag }, readSettings({}));
  const deadline = Deadline.after(5000);
  const origin = { owner: 'me', before: null, traceId: null, trace: untraced };
  const runs = await runDebug(asked, origin, deadline, (request, within, trace) =>
    unwrap(request, within, ports, trace),
  );
  deadline.cancel();
  return { runs, requests: ports.requests };
}

describe('runDebug', () => {
  it('keeps what was filled in, and whose run it is', async () => {
    const { runs } = await run(vast(inLineAd()));
    expect(runs).to.have.lengthOf(1);
    expect(runs[0]).to.deep.include({ owner: 'me', vmap: null, before: null });
    expect(runs[0].form.tag).to.include('<VAST');
    expect(runs[0].id).to.match(/^[\w-]{22}$/);
  });

  for (const [what, tag, documents] of [
    ['a VMAP that was pasted', VMAP, {}],
    ['a URL that gives one', 'https://ads.example/vmap', { 'https://ads.example/vmap': VMAP }],
  ] as const) {
    it(`unwraps the breaks of ${what}, each as a run of its own`, async () => {
      const { runs, requests } = await run(tag, { ...documents, [URL]: vast(inLineAd()) });
      const [{ vmap }, ...breaks] = runs;
      expect(vmap!.breaks.map(({ breakId, run: id }) => [breakId, id])).to.deep.equal([
        ['pre', breaks[0]!.id],
        ['mid', breaks[1]!.id],
        ['post', null],
      ]);
      expect(breaks.map(({ request: { input } }) => 'url' in input)).to.deep.equal([true, false]);
      expect(breaks.map(({ result }) => result.ads.length)).to.deep.equal([1, 1]);
      expect(
        requests.filter(({ url }) => url === URL),
        'asked for once',
      ).to.have.lengthOf(1);
    });
  }
});
