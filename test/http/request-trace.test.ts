import { expect } from 'chai';
import type { RequestOutcome } from '../../src/http/request-trace.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { startService, type TestService } from '../support/service.ts';

describe('traced', () => {
  const outcomes: RequestOutcome[] = [];
  const routes: string[] = [];
  let service: TestService;
  before(async () => {
    service = await startService(
      {},
      {
        traceRequest: ({ method, route, headers }) => {
          routes.push(`${method} ${route} ${headers.traceparent as string}`);
          return {
            traceId: 'abc',
            traceresponse: '00-abc-def-01',
            trace: untraced,
            end: (outcome) => outcomes.push(outcome),
          };
        },
      },
    );
  });
  after(() => service.close());

  it('ends the span with status and result, and tells the caller its trace', async () => {
    const reply = await service.unwrap({ adm: '', context: { bidder: 'dsp1' } }, { traceparent: 'parent' });
    expect(routes.at(-1)).to.equal('POST /v1/unwrap parent');
    expect(reply.headers['traceresponse']).to.equal('00-abc-def-01');
    expect(JSON.parse(reply.text)).to.include({ traceId: 'abc' });
    expect(outcomes.at(-1)).to.include({ httpStatus: 200, error: null });
    expect(outcomes.at(-1)?.result?.status).to.equal('no_ad');
    expect(outcomes.at(-1)?.context).to.include({ bidder: 'dsp1', accountId: null });
  });

  it('ends the span of a request that is refused', async () => {
    const reply = await service.unwrap({});
    expect(reply.headers['traceresponse']).to.equal('00-abc-def-01');
    expect(JSON.parse(reply.text)).to.include({ traceId: 'abc' });
    expect(outcomes.at(-1)).to.include({ httpStatus: 400, result: null });
  });

  it('leaves everything else alone', async () => {
    const before = outcomes.length;
    expect((await service.send('/ping')).headers).to.not.have.property('traceresponse');
    expect(outcomes).to.have.length(before);
  });
});
