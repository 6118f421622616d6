import { expect } from 'chai';
import { COMPONENTS, OPERATIONS } from '../../src/http/operations.ts';

describe('OPERATIONS', () => {
  it('refer to schemas that there are, and to each of them', () => {
    const named = [...JSON.stringify(OPERATIONS).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(COMPONENTS).to.include.all.keys(...new Set(named as string[]));
  });

  for (const [name, operation] of Object.entries(OPERATIONS)) {
    it(`say of ${name} what it is for and how it answers`, () => {
      expect(operation.summary).to.be.a('string');
      expect(Object.keys(operation.responses)).to.not.be.empty;
    });
  }
});
