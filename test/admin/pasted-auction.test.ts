import { expect } from 'chai';
import { emptyForm } from '../../src/debug/debug-form.ts';
import { overTheWire, readPastedAuction, tellPastedAuction } from '../../src/admin/pasted-auction.ts';
import { RequestError } from '../../src/http/problem.ts';

const form = emptyForm(5000, 5);

describe('overTheWire', () => {
  it('refuses what is nested too deep to be written', () => {
    const deep = JSON.parse('['.repeat(1e5) + ']'.repeat(1e5)) as unknown;
    expect(() => overTheWire(deep)).to.throw(RequestError, /100 levels/);
  });
});

describe('readPastedAuction', () => {
  const imp = [{ id: '1' }, { id: '2' }];

  it('has the imp of the bid, or the only one', () => {
    expect(readPastedAuction({ imp }, { impid: '2' }).imp).to.deep.equal({ id: '2' });
    expect(readPastedAuction({ imp }, { impid: '3' }).imp).to.equal(null);
    expect(readPastedAuction({ imp: [{ id: '1' }] }, null).imp).to.deep.equal({ id: '1' });
  });

  it('names what is wrong by its place', () => {
    expect(() => readPastedAuction({ tmax: 'x' }, null)).to.throw(RequestError, 'request.tmax');
  });
});

describe('tellPastedAuction', () => {
  it('names what was taken, never its value', () => {
    const auction = readPastedAuction({ imp: [{ id: '1' }], user: { consent: 'SECRET' }, tmax: 300 }, null);
    const told = tellPastedAuction(auction, form, 100);
    expect(told).to.include('imp “1”, user').and.include('300 ms leaves 100 ms').and.not.include('SECRET');
  });

  it('says what the form has instead, and that there is no imp', () => {
    expect(tellPastedAuction(readPastedAuction({}, null), { ...form, ua: 'x' }, 100)).to.equal(
      'Nothing was taken from the BidRequest. The form has its own and wins: user agent. It has no imp for this bid: the ad was held against an in-stream web player, the default.',
    );
  });
});

describe('overTheWire', () => {
  it('leaves out what is null', () => expect(overTheWire({ a: null, b: [1] })).to.deep.equal({ b: [1] }));
});
