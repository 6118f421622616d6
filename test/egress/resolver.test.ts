import { expect } from 'chai';
import { createResolver } from '../../src/egress/resolver.ts';

describe('createResolver', () => {
  it('asks the operating system for the names that are its own', async () => {
    const resolver = createResolver({ isLocalName: (name) => name === 'localhost', waitMs: 5000 });
    const records = await new Promise((resolve) => resolver.resolve('localhost', (_, found) => resolve(found)));
    expect(records).to.deep.include({ address: '127.0.0.1', family: 4 });
    resolver.close();
  });
});
