import { expect } from 'chai';
import type { VmapReport } from '../../src/http/answer-schema.ts';
import { shedVmap, vmapReport } from '../../src/http/vmap-route.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';
import { adBreak, dataSource, tagSource, vmapOf } from '../support/vmap-text.ts';

describe('POST /v1/vmap', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    ads = await startAdServer({
      '/i': vast(inLineAd({ id: 'a' })),
      '/vmap': vmapOf(
        adBreak(tagSource('{{base}}/i')),
        adBreak(dataSource(vast(inLineAd({ id: 'b' }))), 'timeOffset="end" breakType="linear" breakId="post"'),
        adBreak('<vmap:AdSource id="s9"/>', 'timeOffset="later" breakType="linear"'),
      ),
    });
    service = await startService();
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const post = async (body: string, type: string): Promise<VmapReport> => {
    const reply = await service.send('/v1/vmap?tmax=1000', { headers: { 'Content-Type': type }, body });
    expect(reply.status, reply.text).to.equal(200);
    return JSON.parse(reply.text) as VmapReport;
  };

  it('lists the breaks and unwraps each, from a URL or a document', async () => {
    const document = vmapOf(adBreak(tagSource(`${ads.base}/i`)), adBreak(dataSource(vast(inLineAd({ id: 'b' }))), 'timeOffset="end" breakType="linear" breakId="post"'), adBreak('<vmap:AdSource id="s9"/>', 'timeOffset="later" breakType="linear"')); // prettier-ignore
    for (const [body, type] of [
      [JSON.stringify({ url: `${ads.base}/vmap`, tmax: 1000 }), 'application/json'],
      [JSON.stringify({ adm: document, tmax: 1000 }), 'application/json'],
      [document, 'application/xml'],
    ] as const) {
      // prettier-ignore
      const { version, breaks, findings } = await post(body, type);
      expect(version).to.equal('1.0');
      expect(breaks.map(({ timeOffset, breakType, breakId, sourceId }) => [timeOffset, breakType, breakId, sourceId])).to.deep.equal([['start', 'linear', 'pre', 's1'], ['end', 'linear', 'post', 's1'], ['later', 'linear', null, 's9']]); // prettier-ignore
      expect(breaks.map(({ result }) => result?.ads[0]?.id)).to.deep.equal(['a', 'b', undefined]);
      expect(breaks[2]!.result).to.equal(null);
      expect(findings.map(({ rule }) => rule)).to.deep.equal(['vmap/time-offset', 'vmap/ad-source-empty']);
    }
  });

  it('refuses wrong fields and other bodies as /v1/unwrap does', async () => {
    const json = { 'Content-Type': 'application/json' };
    expect((await service.send('/v1/vmap', { headers: json, body: '{}' })).status).to.equal(400);
    expect((await service.send('/v1/vmap', { headers: { 'Content-Type': 'image/png' }, body: 'x' })).status).to.equal(
      415,
    );
    expect((await service.send('/v1/vmap')).status).to.equal(405);
  });

  it('is said by /v1/unwrap, with the number of breaks', async () => {
    const reply = await service.unwrap({ url: `${ads.base}/vmap`, tmax: 1000 });
    const { status, findings } = JSON.parse(reply.text) as {
      status: string;
      findings: { rule: string; message: string }[];
    };
    expect(status).to.equal('invalid');
    expect(findings.find(({ rule }) => rule === 'document/vmap')!.message).to.contain('3 ad breaks');
  });
});

describe('vmapReport', () => {
  it('is of no version and no breaks where no VMAP came', () => {
    const context = { startedAt: 0, traceId: null, trackers: false };
    expect(vmapReport({ vmap: null, breaks: [], findings: [] }, context)).to.deep.equal({
      version: null,
      breaks: [],
      findings: [],
    });
  });
});

describe('shedVmap', () => {
  it('says nothing', () => {
    expect(shedVmap({} as Parameters<typeof shedVmap>[0])).to.include({ status: 204, body: null });
  });
});
