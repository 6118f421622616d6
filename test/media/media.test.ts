import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createEgress } from '../../src/egress/egress.ts';
import { createMedia } from '../../src/media/media.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { startAdServer } from '../support/ad-server.ts';

const SETTINGS = { ttlMs: 60_000, timeoutMs: 5000, perSecond: 100, maxInFlight: 10, maxPerHost: 10 };

describe('createMedia', () => {
  it('looks at a file over the network once, then knows it', async () => {
    await using server = await startAdServer({ '/a.mp4': { body: '<html></html>' } });
    const egress = createEgress({
      allow: ['127.0.0.1'],
      ports: [],
      client: 'got',
      maxDocumentBytes: 1024,
      userAgent: 'test',
    });
    const hosts: string[] = [];
    const media = createMedia(SETTINGS, {
      fetchBytes: egress.fetchBytes,
      hosts: {
        visit: ({ host }, ask) => {
          hosts.push(host);
          return ask();
        },
      },
      ownDelay: { nowMs: () => 0 },
      shared: null,
      isOverloaded: () => false,
      clock: () => performance.now(),
    });
    const deadline = Deadline.after(5000);
    const url = `${server.base}/a.mp4`;
    expect(await media.look([url], 'background', deadline, untraced)).to.deep.equal([]);
    await media.idle();
    const [verdict] = await media.look([url], 'background', deadline, untraced);
    expect(verdict).to.include({ url, outcome: 'read', type: 'text/html', httpStatus: 200 });
    expect(server.paths()).to.deep.equal(['/a.mp4']);
    expect(hosts).to.deep.equal([new URL(server.base).host]);
    deadline.cancel();
    media.close();
    egress.close();
  });
});
