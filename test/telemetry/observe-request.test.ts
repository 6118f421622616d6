import { expect } from 'chai';
import { redactUrl } from '../../src/redact-url.ts';
import type { Log } from '../../src/telemetry/log.ts';
import { createObserveRequest } from '../../src/telemetry/observe-request.ts';
import type { Look } from '../../src/telemetry/metrics.ts';
import { startTracing } from '../support/tracing.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

function observed(): { readonly told: unknown[]; readonly observe: ReturnType<typeof createObserveRequest> } {
  const told: unknown[] = [];
  const metrics = {
    request: ({ route }: { readonly route: string }, status: number | null) => told.push(['request', route, status]),
    unwrap: ({ status }: { readonly status: string }) => told.push(['unwrap', status]),
    probe: ({ mode, host, outcome }: Look) => told.push(['probe', mode, host, outcome]),
    refusal: () => expect.fail('a refusal has no trace'),
  };
  const log = { request: (note: { readonly route: string }) => told.push(['log', note.route]) } as unknown as Log;
  return { told, observe: createObserveRequest(startTracing().tracing, metrics, log, redactUrl) };
}
const incoming = { method: 'POST', route: '/v1/unwrap', headers: {} };

describe('createObserveRequest', () => {
  it('counts and logs a request and its unwrap, once', () => {
    const { told, observe } = observed();
    observe(incoming).end({ httpStatus: 200, result: unwrapResult({ status: 'no_ad' }), error: null });
    expect(told).to.deep.equal([
      ['request', '/v1/unwrap', 200],
      ['unwrap', 'no_ad'],
      ['log', '/v1/unwrap'],
    ]);
  });

  it('counts looks at media files, those of a bid and those after the answer, too', () => {
    const { told, observe } = observed();
    const request = observe(incoming);
    const late = request.trace.probe({ mode: 'background', host: 'a' });
    request.trace.bid({ impid: '1', bidder: null }).trace.probe({ mode: 'wait', host: 'b' }).end('late', []);
    request.end({ httpStatus: 200, result: null, error: null });
    late.end('read', []);
    expect(told.filter((each) => (each as string[])[0] === 'probe')).to.deep.equal([
      ['probe', 'wait', 'b', 'late'],
      ['probe', 'background', 'a', 'read'],
    ]);
  });

  it('counts each bid of a batch as an unwrap', () => {
    const { told, observe } = observed();
    const request = observe(incoming);
    for (const impid of ['1', '2']) request.trace.bid({ impid, bidder: null }).end(unwrapResult());
    request.end({ httpStatus: 200, result: null, error: null });
    expect(told.filter((each) => (each as string[])[0] === 'unwrap')).to.have.lengthOf(2);
  });
});
