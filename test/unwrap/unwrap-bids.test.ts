import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import type { BidVerdict } from '../../src/openrtb/bid-batch.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { unwrapBids, type BatchResult } from '../../src/unwrap/unwrap-bids.ts';
import { portsOver, silentTrace } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const base = 'https://s.example';
const pages = { [`${base}/ad`]: vast(inLineAd({ id: 'i' })), [`${base}/none`]: vast() };

async function run(bids: readonly unknown[], onFailure: 'drop' | 'keep' = 'drop'): Promise<BatchResult> {
  const deadline = Deadline.after(1000);
  const ports = portsOver(pages);
  const { options } = unwrapRequest({ url: base });
  const request = { imp: [{ id: 'v', video: {} }], bcat: ['IAB1'] };
  const batch = { request, response: { seatbid: [{ seat: 'dsp', bid: bids }] }, options, onFailure };
  const result = await unwrapBids(
    batch,
    deadline,
    (one, within, trace) => unwrap(one, within, ports, trace),
    silentTrace,
  );
  deadline.cancel();
  return result;
}

const bid = (path: string, over: object = {}): object => ({
  id: path,
  impid: 'v',
  protocol: 6,
  adm: vast(wrapperAd({ uri: `${base}${path}`, error: 'https://e.example/[ERRORCODE]' })),
  ...over,
});
const summary = (verdict: BidVerdict): unknown =>
  verdict.kind === 'keep' ? Object.keys(verdict.fields) : [verdict.impid, verdict.statuscode];

describe('unwrapBids', () => {
  it('corrects what unwrapping changed, and says what that was', async () => {
    const { verdicts } = await run([bid('/ad')]);
    expect(verdicts[0]).to.deep.include({ kind: 'keep', place: { seat: 0, index: 0 } });
    expect((verdicts[0] as { fields: object }).fields).to.include({ protocol: 11, dur: 15, mtype: 2, w: 640, h: 360 });
    expect(verdicts[0]!.ext).to.deep.include({
      status: 'resolved',
      wrappers: 1,
      changed: ['adm', 'mtype', 'protocol', 'dur', 'w', 'h'],
    });
  });

  it('drops a bid without an ad with its loss reason, and the others are not touched by it', async () => {
    const { verdicts, errorUrls } = await run([bid('/none'), bid('/404'), bid('/ad'), 7]);
    expect(verdicts.map(summary)).to.deep.equal([
      ['v', 7],
      ['v', 200],
      ['adm', 'mtype', 'protocol', 'dur', 'w', 'h'],
      [null, 3],
    ]);
    expect(errorUrls).to.deep.equal(['https://e.example/303', 'https://e.example/301']);
  });

  it('leaves a bid as it came where its host could not be reached and the caller wants to keep it', async () => {
    const { verdicts } = await run([bid('/404'), bid('/none')], 'keep');
    expect(verdicts.map(summary)).to.deep.equal([['v', 7]]);
  });

  it('says where a malformed bid stood', async () => {
    const { verdicts } = await run([{ impid: 'elsewhere' }]);
    expect(verdicts[0]!.ext).to.include({ path: 'seatbid[0].bid[0]' });
  });
});
