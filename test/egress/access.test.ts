import { expect } from 'chai';
import { type AccessBook, createAccessBook } from '../../src/egress/access.ts';
import type { EgressRule } from '../../src/egress/egress-rules.ts';
import type { Pool } from '../../src/egress/pool.ts';
import { egressRule } from '../support/egress-rule.ts';

/** Pools that only tell what becomes of them. */
type Named = Pool & { readonly of: string; renewed: number };

const poolOf = (of: string): Named => {
  const pool = { of, renewed: 0, renew: () => void (pool.renewed += 1) } as Named;
  return pool;
};

describe('createAccessBook', () => {
  const usual = poolOf('usual');
  const create = (rules: readonly EgressRule[]): AccessBook =>
    createAccessBook(rules, { usual, createPool: ({ cert = '' }) => poolOf(cert), share: 1, clock: () => 0 });
  const poolFor = (book: AccessBook, host: string): string => (book.find(host)!.pool as Named).of;

  it('goes by the first rule that matches', () => {
    const book = create([
      egressRule('a.example', { tls: { cert: 'A' } }),
      egressRule('*.example', { tls: { cert: 'B' } }),
    ]);
    expect(['a.example', 'b.example'].map((host) => poolFor(book, host))).to.deep.equal(['A', 'B']);
    expect(book.find('a.test')).to.equal(undefined);
    expect(create([]).find('a.example')).to.equal(undefined);
  });

  it('gives rules of the same certificate the same connections, and no others', () => {
    const book = create([
      egressRule('a.example', { tls: { cert: 'A', key: '1' } }),
      egressRule('b.example', { tls: { cert: 'A', key: '1' } }),
      egressRule('c.example', { tls: { cert: 'A', key: '2' } }),
      egressRule('d.example'),
    ]);
    expect(book.find('a.example')!.pool).to.equal(book.find('b.example')!.pool);
    expect(book.find('a.example')!.pool).not.to.equal(book.find('c.example')!.pool);
    expect(book.find('d.example')!.pool).to.equal(usual);
    expect([...book.pools()]).to.have.length(2);
  });

  it('writes the headers of a rule over others, and tells no more than it says', () => {
    const headers = { authorization: 'Bearer t', 'x-device-referer': 'r' };
    const { headersOf, terms } = create([
      egressRule('a.example', { headers, withCredentials: true, disclosure: { ip: 'none', ua: 'full', ifa: true } }),
    ]).find('a.example')!;
    const given = { 'X-Device-IP': '203.0.113.7', 'X-Device-Referer': 'https://p.example', accept: '*/*' };
    expect(headersOf(given, true)).to.deep.equal({ accept: '*/*', ...headers });
    // over http anybody on the way would read them
    expect(headersOf(given, false)).to.deep.equal({ accept: '*/*', 'X-Device-Referer': 'https://p.example' });
    expect(terms).to.include({ withCredentials: true, askWithoutConsent: true });
    expect(
      create([egressRule('a.example', { headers: { 'x-a': '1' } })]).find('a.example')!.terms.withCredentials,
    ).to.equal(false);
  });

  it('says whether consent matters at all', () => {
    expect(create([egressRule('a.example')]).goByConsent()).to.equal(false);
    expect(create([egressRule('a.example', { askWithoutConsent: false })]).goByConsent()).to.equal(true);
  });

  it('takes other rules: what stays keeps connections and counts, the rest of the connections end', () => {
    const stays = egressRule('a.example', { tls: { cert: 'A' }, maxInFlight: 1 });
    const book = create([stays, egressRule('b.example', { tls: { cert: 'B' }, maxInFlight: 1 })]);
    const [a, b] = ['a.example', 'b.example'].map((host) => book.find(host)!);
    expect([a!.enter(), b!.enter()].map((each) => typeof each)).to.deep.equal(['function', 'function']);
    book.replace([
      { ...stays, headers: { 'x-a': '2' } },
      egressRule('b.example', { tls: { cert: 'C' }, maxInFlight: 2 }),
    ]);
    const [newA, newB] = ['a.example', 'b.example'].map((host) => book.find(host)!);
    expect(newA!.pool).to.equal(a!.pool);
    expect(newA!.headersOf({}, true)).to.deep.equal({ 'x-a': '2' });
    expect([newA!.enter(), newB!.enter()].map((each) => typeof each)).to.deep.equal(['string', 'function']);
    expect((newB!.pool as Named).of).to.equal('C');
    expect([a, b].map((each) => (each!.pool as Named).renewed)).to.deep.equal([0, 1]);
    book.replace([]);
    expect([...book.pools()]).to.deep.equal([]);
    expect((a!.pool as Named).renewed).to.equal(1);
  });
});
