import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { RequestError } from '../../src/http/problem.ts';
import { readLeniently } from '../../src/http/read-leniently.ts';
import { BidRequestSchema } from '../../src/http/schema.ts';
import { ImpSchema } from '../../src/http/openrtb-schema.ts';

const read = (json: unknown) => readLeniently(BidRequestSchema, json, (path) => path.length === 0);

describe('readLeniently', () => {
  for (const [json, value] of [
    [{ device: { lmt: true } }, { device: { lmt: 1 } }],
    [{ device: { lmt: false } }, { device: { lmt: 0 } }],
    [{ device: { lmt: '0' } }, { device: { lmt: 0 } }],
    [{ device: { lmt: 'perhaps' } }, { device: { lmt: 1 } }],
    [{ device: { dnt: [] } }, { device: { dnt: 1 } }],
    [{ device: 'x' }, { device: { lmt: 1 } }],
    [{ device: [] }, { device: {} }],
    [{ regs: { gdpr: '1' } }, { regs: { gdpr: 1 } }],
    [{ regs: { gdpr: 'no' } }, { regs: { gdpr: 0 } }],
    [{ regs: { coppa: {} } }, { regs: { coppa: 1 } }],
    [{ regs: { ext: { gdpr: 'Yes' } } }, { regs: { ext: { gdpr: 1 } } }],
    [{ regs: { ext: 'x' } }, { regs: { ext: { gdpr: 1 } } }],
    [{ regs: 'x' }, { regs: { coppa: 1 } }],
    [{ regs: { gpp_sid: [2, 'x', '7'] } }, { regs: { gpp_sid: [2, 7] } }],
    [{ regs: { gpp_sid: '7' } }, { regs: { gpp_sid: [7] } }],
    [{ user: { consent: 5 } }, { user: {} }],
    [{ user: { id: 5 } }, { user: { id: '5' } }],
    [{ imp: [{ id: 1, secure: 2 }] }, { imp: [{ id: '1', secure: 1 }] }],
    [{ imp: [{ secure: {} }] }, { imp: [{}] }],
    [{ imp: ['x', { id: '1' }, 5] }, { imp: [{ id: '1' }] }],
    [{ imp: [{ video: { mimes: 'video/mp4' } }] }, { imp: [{ video: { mimes: ['video/mp4'] } }] }],
    [{ imp: [{ video: { w: '640', h: 'x' } }] }, { imp: [{ video: { w: 640 } }] }],
    [{ tmax: '120' }, { tmax: 120 }],
    [{ bcat: [1, {}, 'IAB1'] }, { bcat: ['1', 'IAB1'] }],
  ] as const) {
    it(`reads ${JSON.stringify(json)} as ${JSON.stringify(value)}, and tells`, () => {
      const lenient = read(structuredClone(json));
      expect(lenient.value).to.deep.equal(value);
      expect(lenient.warnings).to.not.be.empty;
    });
  }

  it('says nothing where nothing is wrong', () => {
    expect(read({ id: 'r', imp: [{ id: '1', secure: 1 }] }).warnings).to.deep.equal([]);
  });

  it('tells what was written and what it is read as', () => {
    expect(read({ device: { lmt: true }, tmax: 'soon' }).warnings).to.deep.equal([
      'tmax: "soon" is not understood, so it counts as absent',
      'device.lmt: true is read as 1',
    ]);
  });

  it('refuses where what is needed is wrong, with every wrong field', () => {
    expect(() => readLeniently(z.object({ imp: ImpSchema }), { imp: 5 }, () => true))
      .to.throw(RequestError)
      .with.deep.nested.property('errors[0].field', 'imp');
    expect(() => read('x')).to.throw(RequestError);
  });

  it('lists no more than a person reads', () => {
    const { value, warnings } = read({ bcat: Array.from({ length: 90 }, () => ({})) });
    expect(value).to.deep.equal({ bcat: [] });
    expect(warnings).to.have.length(51);
    expect(warnings.at(-1)).to.equal('and 40 more');
    expect(read({ bcat: Array.from({ length: 300 }, () => ({})) }).value).to.deep.equal({});
    expect(read({ bcat: Array.from({ length: 100_000 }, () => 'IAB1') }).warnings).to.have.length(1);
    expect(read({ user: { id: { x: 'x'.repeat(1000) } } }).warnings[0]!.length).to.be.below(120);
  });

  it('makes a request of any object', () => {
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(true, '1', [], {}, 'x', 5));
    const some = (...names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), junk);
    const request = fc.record(
      {
        imp: fc.oneof(fc.array(fc.oneof(some('id', 'secure', 'video', 'audio'), junk)), junk),
        device: fc.oneof(some('lmt', 'ua', 'geo', 'ext', 'ip'), junk),
        regs: fc.oneof(some('gdpr', 'coppa', 'ext', 'gpp_sid'), junk),
        user: fc.oneof(some('id', 'consent', 'ext'), junk),
        bcat: junk,
        tmax: junk,
        ext: junk,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(request, (json) => {
        expect(BidRequestSchema.safeParse(read(structuredClone(json)).value).success).to.equal(true);
      }),
    );
  });
});
