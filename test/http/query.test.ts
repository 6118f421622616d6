import { expect } from 'chai';
import Koa, { type ParameterizedContext } from 'koa';
import { includes, queryOf } from '../../src/http/query.ts';

/** The context of a request for such a path, as Koa makes it. */
function contextOf(url: string): ParameterizedContext {
  const app = new Koa();
  return app.createContext({ url, headers: {} } as never, {} as never);
}

describe('queryOf', () => {
  it('is the query of the request, the same for all who ask', () => {
    const ctx = contextOf('/v1/unwrap?url=a%26b&tmax=1&tmax=2');
    expect([...queryOf(ctx)]).to.deep.equal([
      ['url', 'a&b'],
      ['tmax', '1'],
      ['tmax', '2'],
    ]);
    expect(queryOf(ctx)).to.equal(queryOf(ctx));
    expect([...queryOf(contextOf('/v1/unwrap'))]).to.deep.equal([]);
  });
});

describe('includes', () => {
  it('finds a word in the list of include', () => {
    for (const [url, isAsked] of [
      ['/?include=trackers', true],
      ['/?include=bids,trackers', true],
      ['/?include=tracker', false],
      ['/?exclude=trackers', false],
      ['/', false],
    ] as const) {
      expect(includes(contextOf(url), 'trackers'), url).to.equal(isAsked);
    }
  });
});
