import { expect } from 'chai';
import { readSettings } from '../../src/config.ts';
import { emptyForm } from '../../src/debug/debug-form.ts';
import { readDebugForm, readDebugRequest } from '../../src/admin/debug-request.ts';
import { RequestError } from '../../src/http/problem.ts';

const limits = readSettings({});
const form = { ...emptyForm(5000, 5), tag: 'https://ads.example/' };

describe('readDebugRequest', () => {
  it('is the request of other callers, with more time', () => {
    const { request, tmaxMs } = readDebugRequest({ ...form, tmax: '4000' }, limits);
    expect(request.input).to.deep.equal({ url: 'https://ads.example/' });
    expect(request.options).to.deep.include({ maxWrappers: 5, probe: 'off' });
    expect(tmaxMs).to.equal(4000);
    expect(readDebugRequest({ ...form, tmax: '9999' }, limits).tmaxMs).to.equal(5000);
  });

  it('asks what a device can use only where one is chosen, and refuses one that is not known by its name', () => {
    expect(readDebugRequest(form, limits).request.options).not.to.have.property('profile');
    expect(readDebugRequest({ ...form, profile: 'ctv' }, limits).request.options).to.include({ profile: 'ctv' });
    expect(() => readDebugRequest({ ...form, profile: 'watch' }, limits)).to.throw(RequestError, 'options.profile');
  });

  it('passes on viewer, consent, imp and bid', () => {
    const tag = JSON.stringify({ adm: '<VAST/>', dur: 15, price: 1, crid: null });
    const { request } = readDebugRequest(
      { ...form, tag, ua: 'UA', ip: '2001:db8::1', gdpr: '1', consent: 'C', preset: 'audio' },
      limits,
    );
    expect(request.device).to.deep.equal({ ua: 'UA', ipv6: '2001:db8::1' });
    expect(request.regs).to.deep.equal({ gdpr: 1 });
    expect(request.user).to.deep.equal({ consent: 'C' });
    expect(request.imp).to.have.property('audio');
    expect(request.bid).to.deep.include({ dur: 15 });
  });

  const request = {
    imp: [
      { id: '1', video: { mimes: ['video/mp4'] } },
      { id: '2', audio: { mimes: ['audio/mpeg'] } },
    ],
    tmax: 80,
    device: { ua: 'theirs', ip: '203.0.113.7', ipv6: null },
    regs: { ext: { gdpr: 1 } },
    user: { consent: 'theirs' },
  };
  const bid = { id: 'b', impid: '2', adm: '<VAST/>', price: 1 };
  const tag = JSON.stringify({ request, response: { seatbid: [{ bid: [bid] }] } });

  it('takes viewer, consent, imp and deadline from a BidRequest beside the bid, and says so', () => {
    const read = readDebugRequest({ ...form, tag }, limits);
    expect(read.request).to.deep.include({
      imp: request.imp[1],
      device: { ua: 'theirs', ip: '203.0.113.7' },
      regs: { ext: { gdpr: 1 } },
      user: { consent: 'theirs' },
    });
    expect(read).to.include({ tmaxMs: 5000, auctionMs: 80 });
    expect(read.undone.at(-1)).to.include('imp “2”, device, regs, user');
  });

  it('lets the form win over the BidRequest', () => {
    const filled = { ...form, tag, ip: '2001:db8::1', gdpr: '0', consent: 'own', preset: 'ctv', onTimeout: 'collapse' };
    const read = readDebugRequest(filled, limits);
    expect(read.request.device).to.deep.equal({ ua: 'theirs', ipv6: '2001:db8::1' });
    expect(read.request.regs).to.deep.equal({ gdpr: 0, ext: { gdpr: 0 } });
    expect(read.request.user).to.deep.equal({ consent: 'own' });
    expect(read.request.imp).to.have.nested.property('video.minbitrate');
    expect(read.request.options.onTimeout).to.equal('collapse');
    expect(read.undone.at(-1)).to.include('wins: imp, IP address, GDPR, consent');
  });

  it('takes an imp of one’s own', () => {
    const { request } = readDebugRequest({ ...form, preset: 'own', imp: '{"video":{"mimes":["a/b"]}}' }, limits);
    expect(request.imp).to.deep.equal({ video: { mimes: ['a/b'] } });
  });

  for (const [what, changes, wrong] of [
    ['no tag', { tag: ' ' }, /Paste a tag/],
    ['JSON without a bid', { tag: '{"imp":[]}' }, /there is no adm/],
    ['JSON that is cut off', { tag: '{"adm":"<VAST' }, /cut off/],
    ['a time that is no number', { tmax: 'soon' }, /tmax/],
    ['an imp that is no JSON', { preset: 'own', imp: '{' }, /not JSON/],
    [
      'a BidRequest of the wrong shape',
      { tag: '{"request":{"device":{"ua":1}},"bid":{"adm":"x"}}' },
      /request\.device\.ua/,
    ],
    ['an imp of the wrong shape', { preset: 'own', imp: '{"video":1}' }, /imp\.video/],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => readDebugRequest({ ...form, ...changes }, limits)).to.throw(RequestError, wrong);
    });
  }
});

describe('readDebugForm', () => {
  it('keeps what was sent, and the rest as it was', () => {
    const read = readDebugForm(new URLSearchParams({ tag: 'x', tmax: '7', other: '1' }), form);
    expect(read).to.deep.equal({ ...form, tag: 'x', tmax: '7' });
  });

  it('fills in a sample', () => {
    expect(readDebugForm(new URLSearchParams({ sample: 'broken' }), form).tag).to.include('<VAST');
  });
});
