import { expect } from 'chai';
import { viewOf } from '../../../src/admin/pages/view.ts';
import { debugRun } from '../../support/debug-run.ts';

describe('viewOf', () => {
  const api = { base: 'http://localhost:8080', maxTmaxMs: 1000 };
  const shown = (owner: string | null, viewer: string | null): readonly [boolean, string] => {
    const { isOwn, redact } = viewOf(debugRun({}, { owner }), viewer, api);
    return [isOwn, redact.url('https://a.example/?ip=1')];
  };

  it('shows all to the one who ran it, and to nobody else', () => {
    expect(shown('me', 'me')).to.deep.equal([true, 'https://a.example/?ip=1']);
    for (const [owner, viewer] of [
      ['me', 'you'],
      ['me', null],
      [null, 'you'],
      [null, null],
    ] as const) {
      expect(shown(owner, viewer)).to.deep.equal([false, 'https://a.example/?ip=REDACTED']);
    }
  });
});
