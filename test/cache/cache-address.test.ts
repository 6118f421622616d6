import { expect } from 'chai';
import { parseCacheAddress } from '../../src/cache/cache-address.ts';

const alone = { kind: 'single', tls: false, user: null, password: null, database: 0, master: null };
const at = (host: string, port = 6379) => ({ host, port });

describe('parseCacheAddress', () => {
  const READ = {
    'redis://cache': { ...alone, nodes: [at('cache')] },
    'valkey://cache:1/': { ...alone, nodes: [at('cache', 1)] },
    'rediss://10.0.0.1:6380/2': { ...alone, tls: true, database: 2, nodes: [at('10.0.0.1', 6380)] },
    'valkeys://[fd00::1]': { ...alone, tls: true, nodes: [at('fd00::1')] },
    'redis://:p%40ss%3A@cache': { ...alone, password: 'p@ss:', nodes: [at('cache')] },
    'redis://ads:a:b@cache': { ...alone, user: 'ads', password: 'a:b', nodes: [at('cache')] },
    'redis://ads@cache': { ...alone, user: 'ads', nodes: [at('cache')] },
    'redis+cluster://a,b:7': { ...alone, kind: 'cluster', nodes: [at('a'), at('b', 7)] },
    'rediss+cluster://u:p@a': { ...alone, kind: 'cluster', tls: true, user: 'u', password: 'p', nodes: [at('a')] },
    'redis+sentinel://a,b:1/ads': { ...alone, kind: 'sentinel', master: 'ads', nodes: [at('a', 26_379), at('b', 1)] },
    'valkey+sentinel://a/ads/3': { ...alone, kind: 'sentinel', master: 'ads', database: 3, nodes: [at('a', 26_379)] },
  };
  for (const [written, address] of Object.entries(READ)) {
    it(`reads ${written}`, () => expect(parseCacheAddress(written)).to.deep.equal(address));
  }

  const REFUSED = [
    '',
    'cache:6379',
    'http://cache',
    'redis://',
    'redis://a,b',
    'redis://a:0',
    'redis://a:65536',
    'redis://a:b',
    'redis://a/x',
    'redis://a/-1',
    'redis://a/1/2',
    'redis://u:%zz@a',
    'redis://a b',
    'redis+cluster://a,',
    'redis+cluster://a/1',
    'redis+sentinel://a',
    'redis+sentinel://a/ads/x',
    'redis+other://a',
  ];
  for (const written of REFUSED) {
    it(`refuses ${JSON.stringify(written)}`, () => expect(parseCacheAddress(written)).to.equal(null));
  }
});
