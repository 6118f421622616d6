import { expect } from 'chai';
import type { Middleware } from 'koa';
import { mediaPolicy, ownNameOnly, pageHeaders, rateLimit, sameSiteOnly } from '../../src/admin/page-safety.ts';

/** Runs a middleware for a request to `localhost:8081`; what it sets, and the problem that it throws. */
async function run(
  middleware: Middleware,
  headers: Readonly<Record<string, string>> = {},
  hostname = 'localhost',
): Promise<unknown> {
  const set: Record<string, string> = {};
  const ctx = {
    host: `${hostname}:8081`,
    hostname,
    get: (name: string) => headers[name] ?? '',
    set: (more: object) => Object.assign(set, more),
  };
  try {
    await middleware(ctx as never, () => Promise.resolve());
    return set;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('page safety', () => {
  it('allows a page its own script and style alone, and nobody to frame it', async () => {
    const headers = (await run(pageHeaders())) as Record<string, string>;
    expect(headers['Content-Security-Policy']).to.include("default-src 'none'").and.include("frame-ancestors 'none'");
    expect(headers['Content-Security-Policy']).not.to.match(/unsafe|\*|data:/);
  });

  it('lets a page that shows a media file ask its origin too, for pictures and sound alone', () => {
    const policy = mediaPolicy('https://cdn.example').split('; ');
    expect(policy).to.include("img-src 'self' https://cdn.example").and.include('media-src https://cdn.example');
    expect(policy.filter((each) => each.includes('cdn.example'))).to.have.lengthOf(2);
  });

  for (const [headers, outcome] of [
    [{}, {}],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }, {}],
    [{ 'Sec-Fetch-Site': 'none' }, {}],
    [{ Origin: 'http://localhost:8081' }, {}],
    [{ 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost:8081' }, 'cross-site'],
    [{ 'Sec-Fetch-Site': 'same-site' }, 'cross-site'],
    [{ Origin: 'https://evil.example' }, 'cross-site'],
    [{ Origin: 'http://localhost:8080' }, 'cross-site'],
    [{ Origin: 'null' }, 'cross-site'],
  ] as const) {
    it(`says ${JSON.stringify(outcome)} to ${JSON.stringify(headers)}`, async () => {
      expect(await run(sameSiteOnly(), headers)).to.deep.equal(outcome);
    });
  }

  for (const [hostname, outcome] of [
    ['localhost', {}],
    ['127.0.0.1', {}],
    ['[::1]', {}],
    ['LOCALHOST', {}],
    ['evil.example', 'cross-site'],
    ['cafe', 'cross-site'],
    ['face', 'cross-site'],
    ['dead.beef', 'cross-site'],
    ['[cafe]', 'cross-site'],
    ['::1', 'cross-site'],
    ['999.1.1.1', 'cross-site'],
    ['127.1', 'cross-site'],
    ['', 'cross-site'],
    ['127.0.0.1.evil.example', 'cross-site'],
    ['', 'cross-site'],
  ] as const) {
    it(`says ${JSON.stringify(outcome)} to the name "${hostname}", and lets any in with a token`, async () => {
      expect(await run(ownNameOnly(null), {}, hostname)).to.deep.equal(outcome);
      expect(await run(ownNameOnly('a-token'), {}, hostname)).to.deep.equal({});
    });
  }

  it('lets so many in at a time, and more later', async () => {
    let now = 0;
    const limit = rateLimit(2, 1000, () => now);
    const outcomes = [await run(limit), await run(limit), await run(limit)];
    now = 1000;
    expect([...outcomes, await run(limit)]).to.deep.equal([{}, {}, 'too-many-requests', {}]);
  });
});
