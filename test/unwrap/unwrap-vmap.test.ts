import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { MAX_BREAKS, unwrapVmap, type VmapOutcome } from '../../src/unwrap/unwrap-vmap.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';
import { adBreak, dataSource, tagSource, vmapOf } from '../support/vmap-text.ts';

type Input = Parameters<typeof unwrapRequest>[0];

async function run(
  input: Input,
  pages: Readonly<Record<string, string>> = {},
  over: Parameters<typeof unwrapRequest>[1] = {},
): Promise<
  VmapOutcome & { asked: readonly string[]; statuses: readonly (string | undefined)[]; entered: readonly number[] }
> {
  const ports = portsOver(pages);
  const deadline = Deadline.after(60_000);
  const entered: number[] = [];
  const outcome = await unwrapVmap(
    unwrapRequest(input, over),
    deadline,
    (request, within, trace) => unwrap(request, within, ports, trace),
    untraced,
    (breaks) => Promise.resolve(entered.push(breaks) > 0),
  );
  deadline.cancel();
  const statuses = outcome!.breaks.map(({ result }) => result?.status);
  return { ...outcome!, asked: ports.requests.map(({ url }) => url), statuses, entered };
}

const PAGES = {
  'https://a.example/pre': vast(wrapperAd({ uri: 'https://b.example/i' })),
  'https://b.example/i': vast(inLineAd({ id: 'pre' })),
  'https://a.example/none': '<VAST version="3.0"/>',
};
const VMAP = vmapOf(
  adBreak(tagSource('https://a.example/pre')),
  adBreak(dataSource(vast(inLineAd({ id: 'mid' }))), 'timeOffset="00:05:00" breakType="linear"'),
  adBreak(tagSource('https://a.example/none'), 'timeOffset="end" breakType="linear"'),
  adBreak('', 'timeOffset="75%" breakType="linear"'),
);

describe('unwrapVmap', () => {
  it('unwraps the ad of each break, in their order', async () => {
    const { statuses, breaks, asked, findings, entered } = await run({ adm: VMAP }, PAGES);
    expect(statuses).to.deep.equal(['resolved', 'resolved', 'no_ad', undefined]);
    expect(breaks.map(({ result }) => result?.ads[0]?.id)).to.deep.equal(['pre', 'mid', undefined, undefined]);
    expect(asked.toSorted()).to.deep.equal(['https://a.example/none', 'https://a.example/pre', 'https://b.example/i']);
    expect(findings).to.deep.equal([]);
    expect(entered).to.deep.equal([3]);
  });

  it('asks for the document that a URL gives once, like any tag', async () => {
    const pages = { ...PAGES, 'https://p.example/vmap': VMAP };
    for (const input of [{ url: 'https://p.example/vmap' }, { adm: ' https://p.example/vmap ' }]) {
      const { statuses, asked } = await run(input, pages);
      expect(statuses).to.deep.equal(['resolved', 'resolved', 'no_ad', undefined]);
      expect(asked.filter((url) => url === 'https://p.example/vmap')).to.have.length(1);
    }
  });

  it('says what came in place of a VMAP, and unwraps nothing', async () => {
    const pages = {
      'https://p.example/vast': vast(inLineAd()),
      'https://p.example/html': '<html><title>502</title></html>',
    };
    for (const input of [
      { adm: '<VAST version="3.0"/>' },
      { adm: 'x' },
      { url: 'https://p.example/vast' },
      { url: 'https://p.example/html' },
      { url: 'https://p.example/404' },
    ]) {
      // prettier-ignore
      const { vmap, breaks, findings } = await run(input, pages);
      expect([vmap, breaks]).to.deep.equal([null, []]);
      expect(
        findings.find(({ rule }) => rule === 'vmap/not-vmap'),
        JSON.stringify(input),
      ).to.include({ severity: 'error' });
    }
  });

  it('says where in the content a break is, unless the caller does', async () => {
    const offsets = ['start', '00:01:00', 'end'];
    const text = vmapOf(
      ...offsets.map((offset) => adBreak(tagSource('https://a.example/v?p=[BREAKPOSITION]'), `timeOffset="${offset}"`)),
    );
    expect((await run({ adm: text })).asked).to.deep.equal([1, 2, 3].map((at) => `https://a.example/v?p=${at}`));
    const own = await run({ adm: text }, {}, { macros: { BREAKPOSITION: 9 } });
    expect(new Set(own.asked)).to.deep.equal(new Set(['https://a.example/v?p=9']));
  });

  it('shares one budget of fetches, and leaves breaks beyond a bound', async () => {
    const many = vmapOf(
      ...Array.from({ length: MAX_BREAKS + 5 }, (_, at) =>
        adBreak(tagSource(`https://a.example/none?${at}`), 'timeOffset="start"'),
      ),
    );
    const bounded = await run({ adm: many }, PAGES, { options: { maxFetches: 100 } });
    expect(bounded.statuses.filter((status) => status === undefined)).to.have.length(5);
    expect((await run({ adm: many }, PAGES, { options: { maxFetches: 3 } })).asked).to.have.length(3);
  });
});
