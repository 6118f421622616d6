import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { startServiceProcess } from '../support/service-process.ts';
import { temporaryFolder, eventually } from '../support/tools.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const PLAYLIST = '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nseg.ts\n#EXT-X-ENDLIST\n';
const TOKEN = 'a-token-of-16-characters';

describe('POST /v1/warm', () => {
  let ads: AdServer;
  let service: TestService;
  beforeEach(async () => {
    ads = await startAdServer({
      '/w': vast(wrapperAd({ uri: '{{base}}/ad' })),
      '/ad': vast(inLineAd({ media: '{{base}}/film.m3u8' })),
      '/film.m3u8': { body: PLAYLIST, headers: { 'content-type': 'application/vnd.apple.mpegurl' } },
    });
  });
  afterEach(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    service = await startService({ TMAX_MAX_MS: '30000', ...env });
  };
  const warm = async (
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly answer: Readonly<Record<string, unknown>> }> => {
    const reply = await fetch(new URL('/v1/warm', service.admin), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: reply.status, answer: (await reply.json()) as Readonly<Record<string, unknown>> };
  };
  const hop = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const { hops } = JSON.parse((await service.unwrap({ url: ads.base + path, tmax: 30_000 })).text) as {
      hops: readonly Readonly<Record<string, unknown>>[];
    };
    return hops[0]!;
  };

  it('connects to hosts and hosts of tags, and no ad server counts anything', async () => {
    await start();
    const { status, answer } = await warm({ hosts: [ads.base], tags: [`${ads.base}/w?x=1`], perSecond: 1000 });
    expect(status).to.equal(202);
    expect(answer).to.deep.equal({ count: 1, refused: [] });
    await eventually(() => Promise.resolve(ads.connections() > 0), 'a connection');
    expect(ads.requests).to.deep.equal([]);
    expect(await hop('/ad')).to.include({ reused: true });
    expect(ads.connections()).to.equal(1);
  });

  it('looks at media files, so that their verdicts are known', async () => {
    await start({ PROBE_DEFAULT: 'background' });
    const document = vast(inLineAd({ media: `${ads.base}/film.m3u8` }));
    expect((await warm({ tags: [document], perSecond: 1000 })).answer).to.include({ count: 1 });
    await eventually(async () => {
      const { media = [] } = JSON.parse(
        (await service.unwrap({ adm: document, options: { probe: 'background' } })).text,
      ) as {
        media?: readonly { readonly outcome: string }[];
      };
      return media[0]?.outcome === 'read';
    }, 'a verdict');
  });

  it('asks tags for their ads only where that is wanted, once', async () => {
    await start();
    expect((await warm({ tags: [`${ads.base}/w`], ask: true, perSecond: 1000 })).answer).to.include({ count: 2 });
    await eventually(() => Promise.resolve(ads.paths().includes('/film.m3u8')), 'a look at the film');
    expect(ads.paths().filter((path) => path === '/w')).to.have.length(1);
  });

  it('goes through the guard, and says what it refuses', async () => {
    await start({ EGRESS_ALLOW: '127.0.0.9' });
    const { answer } = await warm({ hosts: ['10.0.0.1', 'localhost'], media: ['http://169.254.169.254/?canary'] });
    expect(answer).to.deep.include({ count: 0 });
    expect((answer['refused'] as { reason: string }[]).map(({ reason }) => reason)).to.deep.equal([
      'the egress guard refuses it (private)',
      'the egress guard refuses it (name)',
      'the egress guard refuses it (link-local)',
    ]);
    expect(JSON.stringify(answer)).not.to.contain('canary');
  });

  it('keeps within the limits of EGRESS_RULES', async () => {
    using folder = temporaryFolder();
    const rules = join(folder.path, 'rules.json');
    await writeFile(rules, JSON.stringify([{ host: '127.0.0.1', maxInFlight: 1 }]));
    await start({ EGRESS_RULES: rules, EGRESS_ALLOW: '127.0.0.0/8' });
    await using other = await startAdServer({}, '127.0.0.2');
    ads.route('/hang', { hang: 'before-headers' });
    await warm({ media: [`${ads.base}/hang?1`, `${ads.base}/hang?2`, `${other.base}/film`], perSecond: 1000 });
    // what was before it on the list has had its turn
    await other.requested('/film');
    await ads.requested('/hang?1');
    expect(ads.paths()).to.deep.equal(['/hang?1']);
  });

  it('is for those with the token alone, from no other site, and says what is wrong', async () => {
    await start({ ADMIN_TOKEN: TOKEN });
    const token = { authorization: `Bearer ${TOKEN}` };
    expect((await warm({ hosts: ['a.example'] })).status).to.equal(401);
    expect((await warm({ hosts: ['a.example'] }, { ...token, origin: 'https://evil.example' })).status).to.equal(403);
    expect((await warm({ hosts: ['a.example'] }, { ...token, 'content-type': 'text/plain' })).status).to.equal(415);
    expect((await warm('{', token)).answer).to.include({ code: 'bad-json' });
    expect((await warm({}, token)).answer).to.include({ code: 'bad-field' });
    expect(await warm({ hosts: [], tags: [], perSecond: 20 }, token)).to.deep.equal({
      status: 202,
      answer: { count: 0, refused: [] },
    });
    const { answer } = await warm({ hosts: 'x', tags: [1], perSecond: 0, ask: 1 }, token);
    expect((answer['errors'] as { field: string }[]).map(({ field }) => field)).to.have.members([
      'hosts',
      'tags[0]',
      'perSecond',
      'ask',
    ]);
    expect((await warm({ hosts: Array(1001).fill('a.example') }, token)).answer).to.include({ code: 'bad-field' });
    expect((await warm({ hosts: ['x'.repeat(2_000_000)] }, token)).answer).to.include({ code: 'body-too-large' });
    const { answer: known } = await warm({ hosts: ['127.0.0.1'], host: 1 }, token);
    expect(known['warnings']).to.have.length(1);
  });
});

describe('POST /v1/warm with WORKERS', () => {
  it('warms every worker, and asks each tag once', async () => {
    await using ads = await startAdServer({ '/1': vast(inLineAd()), '/2': vast(inLineAd()), '/3': vast(inLineAd()) });
    await using service = await startServiceProcess({ WORKERS: '2', PROBE_DEFAULT: 'off' });
    const tags = [1, 2, 3].map((each) => `${ads.base}/${each}`);
    const reply = await fetch(new URL('/v1/warm', service.admin), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tags, ask: true, perSecond: 1000 }),
    });
    expect([reply.status, await reply.json()]).to.deep.equal([202, { count: 4, refused: [] }]);
    await eventually(() => Promise.resolve(ads.requests.length === 3), 'all tags to be asked');
    expect(ads.paths().toSorted()).to.deep.equal(['/1', '/2', '/3']);
    await service.stop();
    expect(ads.requests).to.have.length(3);
  });
});
