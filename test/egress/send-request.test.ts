import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import type { Egress } from '../../src/egress/egress.ts';
import { type EgressClient, endOf, startEgressClient } from '../support/egress-client.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { until } from '../support/until.ts';

for (const client of ['got', 'native'] as const) {
  describe(`createSendRequest with ${client}`, () => {
    let asked: EgressClient;
    const time = { ahead: 0 };
    const clock = (): number => performance.now() + time.ahead;
    let server: FaultServer;
    let egress: Egress;
    let deadline: Deadline;
    let send: EgressClient['send'];

    beforeEach(async () => {
      time.ahead = 0;
      asked = await startEgressClient(client, clock);
      ({ server, egress, deadline, send } = asked);
    });
    afterEach(() => asked.close());

    describe('when a kept connection turns out to be dead', () => {
      it('asks once more, on a new one', async () => {
        await send(server.url('reset-when-reused'));
        const { outcome, exchange } = await send(server.url('reset-when-reused'));
        expect(outcome.ok).to.equal(true);
        expect(exchange!.reused).to.equal(false);
        expect([server.requests.length, server.opened()]).to.deep.equal([3, 2]);
      });

      it('does not when a byte of a reply came', async () => {
        await send(server.url('none'));
        expect(endOf(await send(server.url('reset-in-headers-when-reused')))).to.equal('reset');
        expect(server.requests).to.have.length(2);
        await send(server.url('none'));
        expect(endOf(await send(server.url('reset-after-headers')))).to.equal('reset');
        expect([server.requests.length, server.opened()]).to.deep.equal([4, 2]);
      });

      it('does not when less than 15 ms are left', async () => {
        await send(server.url('reset-when-reused'));
        const asking = send(server.url('reset-when-reused'));
        time.ahead = 60_000 - deadline.elapsed() - 14;
        expect(endOf(await asking)).to.equal('reset');
        expect(server.requests).to.have.length(2);
      });

      it('does not on a new connection, and not twice', async () => {
        expect(endOf(await send(server.url('reset-before-headers')))).to.equal('reset');
        expect(server.requests).to.have.length(1);
        await send(server.url('none'));
        expect(endOf(await send(server.url('reset-before-headers')))).to.equal('reset');
        expect(server.requests).to.have.length(4);
      });
    });

    it('gives one host 64 places, refuses the rest at once, and leaves other hosts alone', async () => {
      const other = await startFaultServer('127.0.0.2');
      const theirs = Deadline.after(60_000);
      const replies = Array.from({ length: 1000 }, () => send(server.url('silence'), {}, theirs));
      expect(egress.inFlight()).to.equal(64);
      expect(endOf(await send(other.url('none')))).to.equal('ok');
      theirs.cancel('timeout');
      const ends = (await Promise.all(replies)).map(endOf);
      expect(ends.filter((end) => end === 'timeout')).to.have.length(64);
      expect(ends.filter((end) => end === 'busy')).to.have.length(936);
      await server.allClosed();
      expect(server.opened()).to.be.at.most(64);
      expect(egress.inFlight()).to.equal(0);
      await other.stop();
    });

    it('keeps 16 idle connections of a host, and 512 in all', async () => {
      const hosts = await Promise.all(Array.from({ length: 33 }, (_, host) => startFaultServer(`127.0.1.${host + 1}`)));
      await Promise.all(Array.from({ length: 20 }, () => send(hosts[0]!.url('none'))));
      await until(() => hosts[0]!.open() <= 16);
      expect(egress.idleSockets()).to.equal(16);
      await Promise.all(hosts.flatMap((host) => Array.from({ length: 16 }, () => send(host.url('none')))));
      expect(egress.idleSockets()).to.equal(512);
      await Promise.all(hosts.map((host) => host.stop()));
    });

    it('has 1,024 places in all, refuses the rest at once, and has them again later', async () => {
      const hosts = await Promise.all(Array.from({ length: 17 }, (_, host) => startFaultServer(`127.0.1.${host + 1}`)));
      const theirs = Deadline.after(60_000);
      const replies = hosts.flatMap((host) => Array.from({ length: 64 }, () => send(host.url('silence'), {}, theirs)));
      expect(egress.inFlight()).to.equal(1024);
      expect(endOf(await send(server.url('none')))).to.equal('busy');
      theirs.cancel('timeout');
      expect((await Promise.all(replies)).filter((reply) => endOf(reply) === 'busy')).to.have.length(17 * 64 - 1024);
      expect(endOf(await send(server.url('none')))).to.equal('ok');
      await Promise.all(hosts.map((host) => host.stop()));
    });
  });
}
