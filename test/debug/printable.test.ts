import { expect } from 'chai';
import { printable } from '../../src/debug/printable.ts';

describe('printable', () => {
  it('keeps nothing that a terminal would act upon', () => {
    expect(printable('a\u001b[31mb\n\u202ec\u0007')).to.equal('a [31mb c ');
    expect(printable('Frühling – 春')).to.equal('Frühling – 春');
  });
});
