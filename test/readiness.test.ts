import { expect } from 'chai';
import { type ProcessState, readinessChecks } from '../src/readiness.ts';

const READY: ProcessState = { isOpen: true, isDraining: false, isStuck: false, sharedCache: null };

const failing = (state: Partial<ProcessState>): readonly string[] =>
  readinessChecks({ ...READY, ...state }).flatMap(({ isOk, isNeeded, note, name }) =>
    isOk ? [] : [`${isNeeded ? 'needed' : 'not needed'}: ${name}${note === undefined ? '' : `, ${note}`}`],
  );

describe('readinessChecks', () => {
  it('want an open port, no draining, and requests that are let in', () => {
    expect(readinessChecks(READY)).to.have.length(3);
    expect(failing({})).to.deep.equal([]);
    expect(failing({ isOpen: false })).to.deep.equal(['needed: the public port is open']);
    expect(failing({ isDraining: true })).to.deep.equal(['needed: not draining']);
    expect(failing({ isStuck: true })).to.deep.equal(['needed: requests were let in lately']);
  });

  it('tell of a shared cache that cannot be used, without which requests are served', () => {
    const cache = (connected: boolean, failure: string | null, state: 'closed' | 'open'): readonly string[] =>
      failing({ sharedCache: { connected, failure, state } });
    expect(cache(true, null, 'closed')).to.deep.equal([]);
    expect(cache(false, null, 'closed')).to.deep.equal(['not needed: the shared cache is connected, connecting']);
    expect(cache(false, 'ECONNREFUSED', 'open')).to.deep.equal([
      'not needed: the shared cache is connected, ECONNREFUSED',
    ]);
    expect(cache(true, null, 'open')).to.deep.equal([
      'not needed: the shared cache is connected, left alone for a moment',
    ]);
  });
});
