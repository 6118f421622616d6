import { expect } from 'chai';
import { startService } from '../support/service.ts';
import { untraced } from '../../src/unwrap/ports.ts';

describe('errorHandler', () => {
  it('logs a bug with its trace id, and tells the caller nothing but that id', async () => {
    const logged: unknown[] = [];
    const bug = new Error('secret https://ads.example/?token=secret');
    const service = await startService(
      {},
      {
        unwrap: () => Promise.reject(bug),
        logBug: (error, traceId) => logged.push(error, traceId),
        traceRequest: () => ({ traceId: 'trace1', traceresponse: '00-trace1', trace: untraced, end: () => {} }),
      },
    );
    const reply = await service.unwrap({ adm: '' });
    expect(reply.status).to.equal(500);
    expect(reply.headers['traceresponse']).to.equal('00-trace1');
    expect(reply.headers['content-type']).to.equal('application/problem+json');
    expect(JSON.parse(reply.text)).to.include({ code: 'internal', traceId: 'trace1' });
    expect(reply.text).to.not.contain('secret');
    expect(logged).to.deep.equal([bug, 'trace1']);
    expect((await service.send('/ping')).reused).to.equal(true);
    await service.close();
  });
});
