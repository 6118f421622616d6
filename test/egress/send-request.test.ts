import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createEgress, type Egress } from '../../src/egress/egress.ts';
import type { Outgoing, Sent } from '../../src/egress/send-request.ts';
import { DOCUMENT, startFaultServer, type FaultServer } from '../support/fault-server.ts';

const settings = {
  allow: ['127.0.0.1'],
  ports: [80],
  client: 'got',
  maxDocumentBytes: 1000,
  userAgent: 'test',
} as const;

describe('createSendRequest', () => {
  let server: FaultServer;
  let egress: Egress;
  const deadline = Deadline.after(60_000);

  before(async () => {
    server = await startFaultServer();
    egress = createEgress(settings);
  });
  after(async () => {
    deadline.cancel();
    egress.close();
    await server.stop();
  });

  const send = (fault: string, more: Partial<Outgoing> = {}): Promise<Sent> =>
    egress.send(
      {
        url: server.url(fault),
        method: 'GET',
        headers: {},
        maxBytes: 1000,
        overflow: 'fail',
        wantsBody: () => true,
        ...more,
      },
      deadline,
    );

  it('cuts a body that is longer, where that is wanted', async () => {
    const { outcome, exchange } = await send('endless-body', { maxBytes: 100, overflow: 'cut' });
    expect(outcome.ok && outcome.body.toString()).to.equal('a'.repeat(100));
    expect(exchange!.error).to.equal(null);
  });

  it('fails for a body that is longer otherwise, by its announced length before a byte of it', async () => {
    const { outcome, exchange } = await send('none', { maxBytes: DOCUMENT.length - 1 });
    expect(!outcome.ok && outcome.failure.reason).to.equal('too-large');
    expect(exchange!.bytes).to.equal(0);
    expect((await send('none', { maxBytes: DOCUMENT.length })).outcome.ok).to.equal(true);
  });

  it('is there at once when nobody wants the body', async () => {
    const { outcome } = await send('silence-after-headers', { wantsBody: () => false });
    expect(outcome).to.include({ ok: true, httpStatus: 200 });
  });

  it('sends the method and headers it was given', async () => {
    await send('status-204', { method: 'HEAD', headers: { range: 'bytes=0-99' } });
    expect(server.requests.at(-1))
      .to.match(/^HEAD \/status-204 /)
      .and.to.include('bytes=0-99');
  });
});
