import { expect } from 'chai';
import { z } from 'zod';
import { BidBatchSchema, UnwrapBodySchema, ValidateBodySchema } from '../../src/http/schema.ts';

describe('UnwrapBodySchema', () => {
  it('keeps every field of OpenRTB that the service reads', () => {
    const body = {
      url: 'https://ads.example/',
      imp: {
        id: '1',
        video: { mimes: ['video/mp4'], skip: 1, companionad: [{ w: 300, h: 250, format: [{ w: 1, h: 2 }] }] },
      },
      device: { ua: 'x', lmt: 0, geo: { lat: 1.5, lon: -2 }, ext: { ifa_type: 'aaid' } },
      regs: { coppa: 1, gpp_sid: [7], ext: { gdpr: 1, dsa: { dsarequired: 2, transparency: [{ dsaparams: [1] }] } } },
      user: { ext: { consent: 'x' } },
      site: { page: 'https://a.example/', content: { cat: ['IAB1'] } },
      app: { bundle: 'b' },
      source: { tid: 't', ext: { omidpn: 'n' } },
    };
    expect(UnwrapBodySchema.parse(body)).to.deep.equal(body);
  });

  it('does not let a name such as __proto__ through', () => {
    const parsed = UnwrapBodySchema.parse(JSON.parse('{"url":"x","__proto__":{"polluted":1}}'));
    expect(parsed).to.deep.equal({ url: 'x' });
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});

describe('every list of a body', () => {
  it('has a bound', () => {
    const unbounded: string[] = [];
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { type, maxItems } = schema as { type?: unknown; maxItems?: unknown };
      // bids are counted where they are weighed
      if (type === 'array' && maxItems === undefined && !path.endsWith('.bid')) unbounded.push(path);
      for (const [key, each] of Object.entries(schema)) {
        look(each, key === 'properties' || key === 'items' ? path : `${path}.${key}`);
      }
    };
    for (const schema of [UnwrapBodySchema, BidBatchSchema, ValidateBodySchema]) {
      look(z.toJSONSchema(schema, { io: 'input' }), '');
    }
    expect(unbounded).to.deep.equal([]);
  });
});
