import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { earlyResult } from '../../src/http/early-result.ts';

describe('earlyResult', () => {
  const time = { now: 0 };
  const deadline = Deadline.after(100, () => time.now);
  time.now = 30;
  after(() => deadline.cancel());

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
    expect(earlyResult('timeout', deadline).deadline).to.deep.equal({ tmax: 100, elapsedMs: 30 });
  });
});
