import { expect } from 'chai';
import type { FailureReason } from '../../src/chain/failure.ts';
import { Deadline } from '../../src/deadline.ts';
import { createEgress, type Egress } from '../../src/egress/egress.ts';
import type { FetchReply } from '../../src/unwrap/ports.ts';
import { FAULTS, startFaultServer, type FaultServer } from '../support/fault-server.ts';

/** Time for what must fail by itself, and for what can only end at the deadline. */
const AMPLE_MS = 2000;
const SHORT_MS = 40;

/** What each fault must end with. `timeout` ones are given a short deadline, all others ample time. */
const EXPECTED: Record<string, FailureReason | 'ok'> = {
  none: 'ok',
  'none-chunked': 'ok',
  'none-until-close': 'ok',
  silence: 'timeout',
  'silence-in-headers': 'timeout',
  'silence-after-headers': 'timeout',
  'silence-in-body': 'timeout',
  'headers-dripped': 'timeout',
  'body-dripped': 'timeout',
  'endless-103': 'http-protocol',
  'some-103': 'ok',
  'upgrade-101': 'http-status',
  'header-of-20k': 'too-large',
  'headers-without-end': 'too-large',
  'length-and-chunked': 'http-protocol',
  'length-twice': 'http-protocol',
  'length-negative': 'http-protocol',
  'length-no-number': 'http-protocol',
  'length-overflow': 'http-protocol',
  'length-huge': 'too-large',
  'length-short': 'http-protocol',
  'length-long': 'reset',
  'bare-lf': 'http-protocol',
  'folded-header': 'http-protocol',
  'nul-header': 'http-protocol',
  'chunk-extensions': 'http-protocol',
  'chunk-truncated': 'reset',
  'chunk-size-broken': 'http-protocol',
  'http-0.9': 'http-protocol',
  garbage: 'http-protocol',
  'other-protocol': 'http-protocol',
  'closed-at-once': 'reset',
  'reset-before-headers': 'reset',
  'reset-in-headers': 'reset',
  'reset-after-headers': 'reset',
  'reset-in-body': 'reset',
  'reset-when-reused': 'ok',
  'reset-in-headers-when-reused': 'ok',
  'endless-body': 'too-large',
  'endless-body-until-close': 'too-large',
  gzip: 'ok',
  'gzip-bomb': 'too-large',
  'gzip-truncated': 'content-coding',
  'gzip-twice': 'content-coding',
  'gzip-that-is-none': 'content-coding',
  brotli: 'content-coding',
  'brotli-bomb': 'content-coding',
  'unknown-coding': 'content-coding',
  'redirect-loop': 'redirects',
  'redirect-endless-body': 'ok',
  'redirect-silent-body': 'ok',
  'redirect-with-body': 'ok',
  'redirect-nowhere': 'http-status',
  'redirect-to-nonsense': 'http-protocol',
  'redirect-relative': 'ok',
  'status-000': 'http-status',
  'status-204': 'ok',
  'status-304': 'ok',
  'status-404': 'http-status',
  'status-500-endless-body': 'http-status',
  'status-999': 'http-status',
  'status-1000': 'http-protocol',
};

for (const client of ['got', 'native'] as const) {
  describe(`fetchVast with ${client}`, () => {
    let server: FaultServer;
    let egress: Egress;

    beforeEach(async () => {
      server = await startFaultServer();
      egress = createEgress({
        allow: ['127.0.0.1'],
        ports: [80, 443],
        client,
        maxDocumentBytes: 524_288,
        userAgent: 'vast-unwrap-test',
      });
    });
    afterEach(async () => {
      egress.close();
      await server.stop();
    });

    const ask = async (url: string, ms = AMPLE_MS, headers: Record<string, string> = {}): Promise<FetchReply> => {
      const deadline = Deadline.after(ms);
      try {
        return await egress.fetchVast({ url, headers, personal: { url: false, headers: false } }, deadline);
      } finally {
        deadline.cancel('answered');
      }
    };
    const endOf = ({ outcome }: FetchReply): string => (outcome.ok ? 'ok' : outcome.failure.reason);

    it('has an expectation for every fault', () => {
      expect(Object.keys(EXPECTED)).to.have.members(Object.keys(FAULTS));
    });

    for (const [fault, expected] of Object.entries(EXPECTED)) {
      it(`${fault} is ${expected}`, async () => {
        const reply = await ask(server.url(fault), expected === 'timeout' ? SHORT_MS : AMPLE_MS);
        expect(endOf(reply)).to.equal(expected);
        const last = reply.exchanges.at(-1)!;
        expect(last.error).to.equal(expected === 'ok' ? null : expected);
        expect(egress.inFlight()).to.equal(0);
        if (!reply.outcome.ok) {
          expect(reply.outcome.failure.message).to.include(last.host).and.not.to.include('/');
          if (!fault.startsWith('status') && fault !== 'redirect-nowhere' && expected !== 'content-coding') {
            egress.close();
            await server.allClosed();
          }
        }
      });
    }
  });
}
