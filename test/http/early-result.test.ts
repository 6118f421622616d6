import { expect } from 'chai';
import { earlyResult } from '../../src/http/early-result.ts';

describe('earlyResult', () => {
  const deadline = { tmax: 100, elapsedMs: 30 };

  it('is shed under overload: nothing was tried, so there is no VAST error', () => {
    expect(earlyResult('overload', deadline)).to.include({
      status: 'shed',
      vastError: null,
      reason: 'overload',
      adm: null,
    });
  });

  it('takes status and code of any other reason from the table of failures', () => {
    expect(earlyResult('timeout', deadline)).to.include({ status: 'timeout', vastError: 301, reason: 'timeout' });
    expect(earlyResult('not-xml', deadline)).to.include({ status: 'invalid', vastError: 100 });
    expect(earlyResult('timeout', deadline).deadline).to.equal(deadline);
  });
});
