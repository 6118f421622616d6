import { expect } from 'chai';
import type { z } from 'zod';
import { audience, BidSchema, ImpSchema } from '../../src/http/openrtb-schema.ts';
import type { Bid, Device, Imp } from '../../src/openrtb/objects.ts';

// compile only where the schemas give what the core takes
const fits = <Wanted>(_given: (given: never) => Wanted): void => {};
fits<Imp>((given: z.infer<typeof ImpSchema>) => given);
fits<Bid>((given: z.infer<typeof BidSchema>) => given);
fits<Device>((given: NonNullable<z.infer<typeof audience.device>>) => given);

describe('the objects of OpenRTB', () => {
  it('lose what is not read, and nothing else', () => {
    const imp = { id: '1', video: { mimes: ['video/mp4'], maxduration: 30 } };
    expect(ImpSchema.parse({ ...imp, tagid: 'x' })).to.deep.equal(imp);
    expect(audience.device.parse({ ua: 'U', make: 'M' })).to.deep.equal({ ua: 'U' });
  });

  it('have lists of a bounded length', () => {
    expect(audience.bcat.safeParse(Array.from({ length: 20_001 }, () => 'IAB1')).success).to.equal(false);
    expect(BidSchema.safeParse({ adomain: Array.from({ length: 1001 }, () => 'a.example') }).success).to.equal(false);
  });
});
