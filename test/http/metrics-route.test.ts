import { expect } from 'chai';
import { startService } from '../support/service.ts';

describe('metricsRoute', () => {
  it('gives what was collected, in its own type', async () => {
    const metrics = { contentType: 'text/plain; version=0.0.4; charset=utf-8', text: 'up 1\n' };
    const service = await startService({}, { metrics: () => Promise.resolve(metrics) });
    const reply = await fetch(`${service.admin}/metrics`);
    expect(reply.headers.get('content-type')).to.equal(metrics.contentType);
    expect(await reply.text()).to.equal('up 1\n');
    await service.close();
  });
});
