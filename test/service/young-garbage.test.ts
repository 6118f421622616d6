import { join } from 'node:path';
import { expect } from 'chai';
import { load } from '../bench/load.ts';
import { askProcess, startProcess } from '../bench/process.ts';
import { inLine, wrapper } from '../bench/unwrap/documents.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';

// What a request made is garbage once it is answered, and collecting what is young is cheap. V8 takes some of it for old,
// with all that it can reach, until the next full collection: functions that are assigned to a property, accessors of a
// literal within a function, what a WeakMap holds. Then each collection copies megabytes.

const REQUESTS = 150;
/** Code that is run for the first times stays. */
const WARM_UP = 300;
/** A chain of three weighs 12 KB of text alone. */
const MOST_BYTES = 5 * 1024;

describe('what a request made', function () {
  this.timeout(120_000);

  let ads: AdServer;
  before(async () => {
    let count = 0;
    const fresh = (make: (id: string) => string) => () => ({
      body: make(`id-${++count}`),
      headers: { 'cache-control': 'no-store' },
    });
    const kept = (body: string) => ({ body, headers: { 'cache-control': 'public, max-age=300' } });
    ads = await startAdServer({
      '/0': fresh((id) => wrapper('one', '{{base}}/1', id)),
      '/1': fresh((id) => wrapper('two', '{{base}}/2', id)),
      '/2': fresh(inLine),
      '/kept/0': kept(wrapper('one', '{{base}}/kept/1', 'id')),
      '/kept/1': kept(inLine('id')),
    });
  });
  after(() => ads[Symbol.asyncDispose]());

  for (const [what, path, accept] of [
    ['an unwrap answered as XML', '/0', 'application/xml'],
    ['one answered with all findings', '/0', 'application/json'],
    ['one that the cache answers', '/kept/0', 'application/xml'],
  ] as const) {
    it(`does not become old: ${what}`, async () => {
      const { child, said } = await startProcess(join(import.meta.dirname, '../support/young-service.ts'), [], {
        execArgv: ['--expose-gc'],
      });
      const url = `${said as string}/v1/unwrap?url=${encodeURIComponent(`${ads.base}${path}`)}`;
      await load(url, WARM_UP, 1, accept);
      const before = Number(await askProcess(child, 'old'));
      await load(url, REQUESTS, 1, accept);
      const after = Number(await askProcess(child, 'old'));
      child.kill();
      expect((after - before) / REQUESTS).to.be.below(MOST_BYTES);
    });
  }
});
