import { expect } from 'chai';
import { readSettings } from '../../src/config.ts';
import { emptyForm } from '../../src/debug/debug-form.ts';
import { readDebugForm, readDebugRequest } from '../../src/http/debug-request.ts';
import { RequestError } from '../../src/http/problem.ts';

const limits = readSettings({});
const form = { ...emptyForm(5000, 5), tag: 'https://ads.example/' };

describe('readDebugRequest', () => {
  it('is the request of other callers, with more time', () => {
    const { request, tmaxMs } = readDebugRequest({ ...form, tmax: '4000' }, limits);
    expect(request.input).to.deep.equal({ url: 'https://ads.example/' });
    expect(request.options).to.deep.include({ maxWrappers: 5, probe: 'off', fireErrors: false });
    expect(tmaxMs).to.equal(4000);
    expect(readDebugRequest({ ...form, tmax: '9999' }, limits).tmaxMs).to.equal(5000);
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

  it('takes an imp of one’s own', () => {
    const { request } = readDebugRequest({ ...form, preset: 'own', imp: '{"video":{"mimes":["a/b"]}}' }, limits);
    expect(request.imp).to.deep.equal({ video: { mimes: ['a/b'] } });
  });

  for (const [what, changes, wrong] of [
    ['no tag', { tag: ' ' }, /Paste a tag/],
    ['a time that is no number', { tmax: 'soon' }, /tmax/],
    ['an imp that is no JSON', { preset: 'own', imp: '{' }, /not JSON/],
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
