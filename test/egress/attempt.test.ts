import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import type { Egress } from '../../src/egress/egress.ts';
import { type EgressClient, endOf, startEgressClient } from '../support/egress-client.ts';
import { DOCUMENT, type FaultServer } from '../support/fault-server.ts';

for (const client of ['got', 'native'] as const) {
  describe(`attempt with ${client}`, () => {
    let asked: EgressClient;
    let server: FaultServer;
    let egress: Egress;
    let send: EgressClient['send'];

    beforeEach(async () => {
      asked = await startEgressClient(client);
      ({ server, egress, send } = asked);
    });
    afterEach(() => asked.close());

    it('cuts a body that is longer, where that is wanted', async () => {
      const { outcome, exchange } = await send(server.url('endless-body'), { maxBytes: 100, overflow: 'cut' });
      expect(outcome.ok && outcome.body.toString()).to.equal('a'.repeat(100));
      expect(exchange!.error).to.equal(null);
      await server.allClosed();
    });

    it('fails for a body that is longer otherwise, by its announced length before a byte of it', async () => {
      const { outcome, exchange } = await send(server.url('none'), { maxBytes: DOCUMENT.length - 1 });
      expect(!outcome.ok && outcome.failure.reason).to.equal('too-large');
      expect(exchange!.bytes).to.equal(0);
      expect(endOf(await send(server.url('none'), { maxBytes: DOCUMENT.length }))).to.equal('ok');
    });

    it('asks for room for what comes, and ends where there is none', async () => {
      let room = DOCUMENT.length;
      const take = (bytes: number): boolean => (room -= bytes) >= 0;
      expect(endOf(await send(server.url('none'), { take }))).to.equal('ok');
      expect(room).to.equal(0);
      const { outcome, exchange } = await send(server.url('endless-body'), { take, maxBytes: 1e9 });
      expect(!outcome.ok && outcome.failure.reason).to.equal('memory');
      expect(exchange!.error).to.equal('memory');
      await server.allClosed();
    });

    it('is there at once when nobody wants the body', async () => {
      const { outcome } = await send(server.url('silence-after-headers'), { wantsBody: () => false });
      expect(outcome).to.include({ ok: true, httpStatus: 200 });
      await server.allClosed();
    });

    it('sends the method and headers it was given', async () => {
      await send(server.url('status-204'), { method: 'HEAD', headers: { range: 'bytes=0-99' } });
      expect(server.requests.at(-1)).to.match(/^HEAD \/status-204 /);
      expect(server.requests.at(-1)!.toLowerCase()).to.include('range: bytes=0-99');
    });

    it('reports how the request went', async () => {
      const first = (await send(server.url('none'))).exchange!;
      expect(first).to.deep.include({
        url: server.url('none'),
        host: `127.0.0.1:${server.port}`,
        reused: false,
        peerAddress: '127.0.0.1',
        httpStatus: 200,
        headers: { 'content-length': String(DOCUMENT.length) },
        bytes: DOCUMENT.length,
        error: null,
      });
      expect(first.phases).to.include({ dns: null, tls: null });
      const { tcp, ttfb, download } = first.phases;
      expect(tcp! + ttfb! + download!).to.be.closeTo(first.endedAt - first.startedAt, 0.001);
      const second = (await send(server.url('none'))).exchange!;
      expect(second).to.include({ reused: true, peerAddress: '127.0.0.1' });
      expect(second.phases).to.include({ dns: null, tcp: null, tls: null });
      expect(server.opened()).to.equal(1);
    });

    it('shows no cookie', async () => {
      const { exchange, outcome } = await send(server.url('cookie'));
      expect(JSON.stringify(exchange)).not.to.include('secret');
      expect(outcome.ok && outcome.headers['set-cookie']).to.deep.equal(['id=secret1', 'id=secret2']);
    });

    it('leaves nothing behind after a storm of aborts', async () => {
      let baseline = 0;
      const faults = ['silence', 'body-dripped', 'headers-dripped', 'none', 'silence-in-body'];
      for (let wave = 0; wave < 10; wave += 1) {
        const storm = Deadline.after(60_000);
        const waiting = waitingFor(storm);
        const replies = Array.from({ length: 50 }, (_, index) => send(server.url(faults[index % 5]!), {}, storm));
        for (let turn = 0; turn < wave; turn += 1) await new Promise(setImmediate);
        storm.cancel('gone');
        for (const reply of await Promise.all(replies)) expect(endOf(reply)).to.be.oneOf(['cancelled', 'ok']);
        expect(waiting.size).to.equal(0);
        if (wave === 0) baseline = process.getActiveResourcesInfo().length;
      }
      egress.close();
      await server.allClosed();
      expect(egress.inFlight()).to.equal(0);
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      expect(process.getActiveResourcesInfo().length).to.be.at.most(baseline);
    });
  });
}

/** Those who wait for the end of a deadline, and have not said that they do no more. */
function waitingFor(deadline: Deadline): ReadonlySet<() => void> {
  const waiting = new Set<() => void>();
  const onEnd = deadline.onEnd.bind(deadline);
  deadline.onEnd = (listener) => {
    waiting.add(listener);
    const forget = onEnd(listener);
    return () => {
      waiting.delete(listener);
      forget();
    };
  };
  return waiting;
}
