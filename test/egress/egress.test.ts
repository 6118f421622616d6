import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createEgress } from '../../src/egress/egress.ts';
import { startFaultServer } from '../support/fault-server.ts';

describe('createEgress', () => {
  it('puts the way out together, and closes all of it', async () => {
    const server = await startFaultServer();
    const egress = createEgress({
      allow: ['127.0.0.1'],
      ports: [80],
      client: 'got',
      maxDocumentBytes: 1000,
      userAgent: 'test',
    });
    const deadline = Deadline.after(5000);
    const request = { url: server.url('none'), headers: {}, personal: { url: false, headers: false } };
    expect((await egress.fetchVast(request, deadline)).outcome.ok).to.equal(true);
    expect(await egress.fireUrls([server.url('status-204')])).to.equal(1);
    deadline.cancel();
    egress.close();
    await server.allClosed();
    expect([egress.inFlight(), egress.idleSockets()]).to.deep.equal([0, 0]);
    await server.stop();
  });
});
