import { expect } from 'chai';
import { createRouteFinder, ownSpelling, type Route } from '../../src/http/route.ts';

const row = (method: Route['method'], path: string): Route => ({
  method,
  path,
  work: null,
  handlers: [],
  operation: {},
});
const rows = [row('POST', '/v1/unwrap'), row('GET', '/v1/unwrap'), row('GET', '/ping')];

describe('createRouteFinder', () => {
  const find = createRouteFinder(rows);

  it('finds a row by method and path', () => {
    expect(find('POST', '/v1/unwrap')).to.equal(rows[0]);
    expect(find('GET', '/v1/unwrap')).to.equal(rows[1]);
    expect(find('HEAD', '/v1/unwrap')).to.equal(rows[1]);
    expect(find('POST', '/ping')).to.equal(null);
    expect(find('GET', '/nowhere')).to.equal(null);
  });
});

describe('ownSpelling', () => {
  const spelled = async (path: string): Promise<string> => {
    const ctx = { path };
    await ownSpelling(rows)(ctx as never, () => Promise.resolve());
    return ctx.path;
  };

  it('gives a path the spelling of its row', async () => {
    for (const path of ['/v1/unwrap', '/v1/unwrap/', '/V1/Unwrap', '/V1/UNWRAP/']) {
      expect(await spelled(path), path).to.equal('/v1/unwrap');
    }
  });

  it('leaves alone what is no row in any spelling', async () => {
    for (const path of ['/', '/v1/unwrap//', '//v1/unwrap', '/v1/%75nwrap', '/Nowhere/']) {
      expect(await spelled(path), path).to.equal(path);
    }
  });
});
