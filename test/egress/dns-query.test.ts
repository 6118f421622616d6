import { expect } from 'chai';
import { createDnsQuery, type ResolvedName, type DnsQuery } from '../../src/egress/dns-query.ts';
import { startDnsServer, type DnsAnswer, type DnsServer } from '../support/dns-server.ts';

describe('createDnsQuery', () => {
  let server: DnsServer;
  let query: DnsQuery;

  beforeEach(async () => {
    server = await startDnsServer(() => 'silence');
    query = createDnsQuery((name) => name === 'localhost', [server.address]);
  });
  afterEach(() => server.stop());

  const addressesOf = (answer: ResolvedName): readonly string[] =>
    'records' in answer ? answer.records.map(({ address, family }) => `${family} ${address}`) : [answer.error.code];

  it('gives the addresses of both families, IPv4 first, and their shortest TTL', async () => {
    server.play((_, type) =>
      type === 'A' ? { ips: ['192.0.2.1', '192.0.2.2'], ttl: 30 } : { ips: ['2001:db8::1'], ttl: 20 },
    );
    const answer = await query.ask('ads.example');
    expect(addressesOf(answer)).to.deep.equal(['4 192.0.2.1', '4 192.0.2.2', '6 2001:db8::1']);
    expect(answer).to.include({ ttlMs: 20_000 });
  });

  it('does with one family where the other has nothing or fails', async () => {
    for (const other of [{ ips: [] }, 'NXDOMAIN', 'SERVFAIL'] as const) {
      server.play((_, type) => (type === 'A' ? other : { ips: ['2001:db8::1'] }));
      expect(addressesOf(await query.ask('six.example'))).to.deep.equal(['6 2001:db8::1']);
      server.play((_, type) => (type === 'A' ? { ips: ['192.0.2.1'] } : other));
      expect(addressesOf(await query.ask('four.example'))).to.deep.equal(['4 192.0.2.1']);
    }
  });

  const FAULTS: readonly (readonly [DnsAnswer, string, boolean])[] = [
    ['NXDOMAIN', 'ENOTFOUND', true],
    [{ ips: [] }, 'ENODATA', true],
    ['SERVFAIL', 'ESERVFAIL', false],
    ['REFUSED', 'EREFUSED', false],
    ['garbage', 'EBADRESP', false],
    ['cut off', 'EBADRESP', false],
  ];
  for (const [fault, code, isNothingThere] of FAULTS) {
    it(`says ${code} for ${JSON.stringify(fault)}`, async () => {
      server.play(() => fault);
      const answer = await query.ask('ads.example');
      expect('error' in answer && answer.error).to.include({ code, isNothingThere });
    });
  }

  it('calls it a fault where one family has nothing and the other fails', async () => {
    server.play((_, type) => (type === 'A' ? 'SERVFAIL' : { ips: [] }));
    expect(addressesOf(await query.ask('ads.example'))).to.deep.equal(['ESERVFAIL']);
  });

  it('ends what is under way when it is cancelled', async () => {
    const answer = query.ask('ads.example');
    query.cancel();
    expect(addressesOf(await answer)).to.deep.equal(['ECANCELLED']);
  });

  it('leaves local names to the operating system', async () => {
    expect(addressesOf(await query.ask('localhost'))).to.include('4 127.0.0.1');
    expect(server.queries).to.deep.equal([]);
  });
});
