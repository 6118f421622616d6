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

async function run(
  bids: readonly unknown[],
  onFailure: 'drop' | 'keep' = 'drop',
  bounds: object = {},
): Promise<BatchResult> {
  const deadline = Deadline.after(1000);
  const ports = portsOver(pages);
  const { options } = unwrapRequest({ url: base });
  const request = { imp: [{ id: 'v', video: {} }], bcat: ['IAB1'] };
  const batch = {
    request,
    response: { seatbid: [{ seat: 'dsp', bid: bids }] },
    options,
    onFailure,
    maxBids: 100,
    maxFetches: 100,
    ...bounds,
  };
  const result = await unwrapBids(
    batch,
    deadline,
    (one, within, trace) => unwrap(one, within, ports, trace),
    silentTrace,
  );
  deadline.cancel();
  return result!;
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

  it('lets the bids beyond the limit pass as they came, and says so', async () => {
    const bids = [bid('/ad'), 7, bid('/ad'), bid('/none')];
    const { verdicts } = await run(bids, 'drop', { maxBids: 1 });
    expect(verdicts.map(summary)).to.deep.equal([['adm', 'mtype', 'protocol', 'dur', 'w', 'h'], [null, 3], [], []]);
    for (const verdict of verdicts.slice(2)) expect(verdict.ext).to.include({ status: 'shed', reason: 'bid-limit' });
  });

  it('bounds the fetches of all bids together', async () => {
    const { verdicts } = await run([bid('/ad'), bid('/ad'), bid('/ad')], 'drop', { maxFetches: 2 });
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(['keep', 'keep', 'drop']);
    expect(verdicts[2]!.ext).to.include({ reason: 'fetch-limit' });
  });

  it('asks for room for the bids that are unwrapped, and does nothing where there is none', async () => {
    const { options } = unwrapRequest({ url: base });
    const request = { imp: [{ id: 'v', video: {} }] };
    const response = { seatbid: [{ bid: [bid('/ad'), 7, bid('/ad'), bid('/ad')] }] };
    const batch = { request, response, options, onFailure: 'drop' as const, maxBids: 2, maxFetches: 10 };
    const asked: number[] = [];
    const deadline = Deadline.after(1000);
    const result = await unwrapBids(
      batch,
      deadline,
      () => Promise.reject(new Error('must not be tried')),
      silentTrace,
      (bids) => {
        asked.push(bids);
        return Promise.resolve(false);
      },
    );
    deadline.cancel();
    expect(result).to.equal(null);
    expect(asked).to.deep.equal([2]);
  });

  it('says where a malformed bid stood', async () => {
    const { verdicts } = await run([{ impid: 'elsewhere' }]);
    expect(verdicts[0]!.ext).to.include({ path: 'seatbid[0].bid[0]' });
  });
});
