import { expect } from 'chai';
import { makeViewer, viewerOf } from '../../src/admin/viewer.ts';

/** A browser: what it is given it shows again. */
function browser() {
  const kept = new Map<string, string>();
  const options: unknown[] = [];
  const cookies = {
    get: (name: string) => kept.get(name),
    set: (name: string, value: string, given: unknown) => {
      kept.set(name, value);
      options.push(given);
    },
  };
  return { ctx: { cookies } as unknown as Parameters<typeof makeViewer>[0], kept, options };
}

describe('viewer', () => {
  it('is the same for as long as the browser keeps what it was given, and another for each browser', () => {
    const [one, other] = [browser(), browser()];
    expect(viewerOf(one.ctx)).to.equal(null);
    const known = makeViewer(one.ctx);
    expect([viewerOf(one.ctx), makeViewer(one.ctx)]).to.deep.equal([known, known]);
    expect(makeViewer(other.ctx)).not.to.equal(known);
    expect(one.options).to.deep.equal([{ path: '/', httpOnly: true, sameSite: 'strict', maxAge: 24 * 3600 * 1000 }]);
    expect([...one.kept.values()], 'what is kept with a run does not open it').not.to.include(known);
  });
});
