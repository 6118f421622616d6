import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import type { BidVerdict } from '../../src/openrtb/apply-verdicts.ts';
import { DEFAULT_ON_FAILURE, type FailureAction, type OnFailure, onFailureOf } from '../../src/unwrap/on-failure.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { unwrapBids, type BatchResult } from '../../src/unwrap/unwrap-bids.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const base = 'https://s.example';
const pages = { [`${base}/ad`]: vast(inLineAd({ id: 'i' })), [`${base}/none`]: vast() };

async function run(
  bids: readonly unknown[],
  asked: FailureAction | Partial<OnFailure> = 'drop',
  more: Readonly<Record<string, string>> = {},
  bounds: object = {},
): Promise<BatchResult> {
  const deadline = Deadline.after(1000);
  const ports = portsOver({ ...pages, ...more });
  const { options } = unwrapRequest({ url: base });
  const request = {
    imp: [
      { id: 'v', video: {} },
      { id: 'short', video: { maxduration: 5 } },
      { id: 'b', banner: {} },
    ],
    bcat: ['IAB1'],
  };
  const onFailure = onFailureOf(asked, DEFAULT_ON_FAILURE);
  const response = { seatbid: [{ seat: 'dsp', bid: bids }] };
  const batch = {
    request,
    response,
    options,
    onFailure,
    maxBids: 100,
    maxFetches: 100,
    creatives: ports.creatives,
    ...bounds,
  };
  const result = await unwrapBids(batch, deadline, (one, within, trace) => unwrap(one, within, ports, trace), untraced);
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

const { creatives } = portsOver({});

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

  it('drops bids that repeat a better one of their pod, by what was found in their ads', async () => {
    const more = {
      [`${base}/1`]: vast(inLineAd({ universalAdId: 'A1' })),
      [`${base}/2`]: vast(inLineAd({ universalAdId: 'A1' })),
    };
    const video = { podid: 'p', poddedupe: [3] };
    const request = { imp: [1, 2].map((id) => ({ id: String(id), video })) };
    const bids = [
      bid('/1', { impid: '1', price: 2 }),
      bid('/2', { impid: '2', price: 3 }),
      bid('/ad', { impid: '1', price: 1 }),
    ];
    const { verdicts, nbr } = await run(bids, 'drop', more, { request });
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(['drop', 'keep', 'keep']);
    expect(verdicts[0]!.ext).to.include({ status: 'rejected', reason: 'repeated', wrappers: 1 });
    expect(nbr).to.equal(null);
    const kept = await run(bids, { rejected: 'keep' }, more, { request });
    expect(kept.verdicts.map(({ kind }) => kind)).to.deep.equal(['keep', 'keep', 'keep']);
  });

  it('says who the creative is, of a pod who each is', async () => {
    const registered = inLineAd({ id: 'r', universalAdId: 'A1' });
    const pod = vast(inLineAd({ id: 'a', sequence: 1 }), inLineAd({ id: 'b', sequence: 2 }));
    const { verdicts } = await run([bid('/ad'), bid('/r'), bid('/pod', { adm: pod })], 'drop', {
      [`${base}/r`]: vast(registered),
    });
    const [media, id, slots] = verdicts.map(({ ext }) => ext as { creativeKey: object; creativeKeys?: object[] });
    expect(media!.creativeKey).to.have.property('scheme', 'media-url');
    expect(id!.creativeKey).to.deep.equal({ scheme: 'universal-ad-id', value: 'ad-id.org:A1' });
    expect(id).not.to.have.property('creativeKeys');
    expect(slots!.creativeKeys).to.have.length(2);
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
    const { verdicts } = await run(bids, 'keep', {}, { maxBids: 1 });
    expect(verdicts.map(summary)).to.deep.equal([['adm', 'mtype', 'protocol', 'dur', 'w', 'h'], [null, 3], [], []]);
    for (const verdict of verdicts.slice(2)) expect(verdict.ext).to.include({ status: 'shed', reason: 'bid-limit' });
  });

  it('bounds the fetches of all bids together', async () => {
    const { verdicts } = await run([bid('/ad'), bid('/ad'), bid('/ad')], 'drop', {}, { maxFetches: 2 });
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(['keep', 'keep', 'drop']);
    expect(verdicts[2]!.ext).to.include({ reason: 'fetch-limit' });
  });

  it('asks for room for the bids that are unwrapped, and does nothing where there is none', async () => {
    const { options } = unwrapRequest({ url: base });
    const request = { imp: [{ id: 'v', video: {} }] };
    const response = { seatbid: [{ bid: [bid('/ad'), 7, bid('/ad'), bid('/ad')] }] };
    const batch = { request, response, options, onFailure: DEFAULT_ON_FAILURE, maxBids: 2, maxFetches: 10, creatives };
    const asked: number[] = [];
    const deadline = Deadline.after(1000);
    const result = await unwrapBids(
      batch,
      deadline,
      () => Promise.reject(new Error('must not be tried')),
      untraced,
      (bids) => {
        asked.push(bids);
        return Promise.resolve(false);
      },
    );
    deadline.cancel();
    expect(result).to.equal(null);
    expect(asked).to.deep.equal([2]);
  });

  it('collapses where that is wanted, and leaves a bid as it came where nothing was read', async () => {
    const bare = { id: 'bare', impid: 'v', adm: `${base}/404` };
    const { verdicts, nbr } = await run([bid('/404'), bare, bid('/none')], { unreachable: 'collapse' });
    expect(verdicts.map(summary)).to.deep.equal([[], ['v', 7]]);
    expect(verdicts[0]!.ext).to.include({ status: 'collapsed' });
    expect(nbr).to.equal(null);
    const second = { [`${base}/second`]: vast(wrapperAd({ id: 'w2', uri: `${base}/404` })) };
    const { verdicts: shorter } = await run([bid('/second')], 'collapse', second);
    const { fields } = shorter[0] as unknown as { fields: { adm: string } };
    expect(fields.adm)
      .to.contain(`${base}/404`)
      .and.to.contain('https://t.example/w2')
      .and.to.not.contain(`${base}/second`);
  });

  it('treats each end as it is told, whatever another one asks for', async () => {
    const { verdicts } = await run([bid('/404'), bid('/none')], {
      unreachable: 'drop',
      timeout: 'collapse',
      no_ad: 'keep',
    });
    expect(verdicts.map(summary)).to.deep.equal([['v', 200]]);
    expect(verdicts[0]!.ext).to.include({ status: 'unreachable', reason: 'http-status', vastError: 301 });
  });

  it('tells which finding rejects an ad', async () => {
    const { verdicts } = await run([bid('/ad', { impid: 'short' })]);
    expect(verdicts[0]).to.have.nested.property('ext.finding.rule', (verdicts[0]!.ext as { reason: string }).reason);
    expect(verdicts[0]).to.deep.include({ kind: 'drop', impid: 'short' });
  });

  it('says why there is no bid where OpenRTB has a word for what all losses share', async () => {
    expect((await run([bid('/404'), bid('/404')])).nbr).to.equal(1);
    expect((await run([bid('/404'), bid('/none')])).nbr).to.equal(null);
    expect((await run([bid('/none')])).nbr).to.equal(null);
  });

  it('says of markup behind nurl that it was not asked for', async () => {
    const { verdicts } = await run([
      { id: 'n', impid: 'v', nurl: `${base}/ad` },
      { id: 'b', impid: 'b', nurl: base },
    ]);
    expect(verdicts).to.have.length(1);
    expect(verdicts[0]).to.deep.include({ kind: 'keep', place: { seat: 0, index: 0 }, fields: {} });
    expect(verdicts[0]!.ext).to.include({ status: 'skipped', reason: 'nurl' });
  });

  it('says where a malformed bid stood', async () => {
    const { verdicts } = await run([{ impid: 'elsewhere' }]);
    expect(verdicts[0]!.ext).to.include({ path: 'seatbid[0].bid[0]' });
  });
});
