import { expect } from 'chai';
import { shownResult } from '../../../src/admin/pages/shown-result.ts';
import { redactFor, SHOW_ALL } from '../../../src/debug/redact.ts';
import { mergedResult } from '../../support/debug-run.ts';
import { unwrapRequest } from '../../support/unwrap-request.ts';

describe('shownResult', () => {
  it('is the result itself for the one who ran it', () => {
    const result = mergedResult();
    expect(shownResult(result, SHOW_ALL)).to.equal(result);
  });

  it('hides from others what the run says of its viewer, wherever ad servers say it again', () => {
    const result = mergedResult();
    const url = result.merged!.trackers()[0]!.url;
    const redact = redactFor(unwrapRequest({ url: 'https://a.example/' }, { device: { ip: url } }));
    const errorUrls = [`https://e.example/?u=${url}`];
    const shown = shownResult({ ...result, errorUrls }, redact);
    expect(shown.merged!.trackers()[0]!.url).to.equal('REDACTED');
    expect(shown.merged!.trackers()).to.have.length(result.merged!.trackers().length);
    expect(JSON.stringify([shown.ads, shown.errorUrls, shown.findings])).not.to.include(url);
    expect(shown.errorUrls).to.deep.equal(['https://e.example/?u=REDACTED']);
    expect(shown.hops).to.equal(result.hops);
  });

  it('loses nothing of a result whose members are made when they are read', () => {
    const { adm, ads, bid, errorUrls, findings, merged, ...own } = mergedResult();
    const made = { adm, ads, bid, errorUrls, findings, merged };
    const getters = Object.entries(made).map(([name, value]) => [name, { get: () => value }] as const);
    const behind = Object.create({}, Object.fromEntries(getters)) as object;
    const remembered = Object.assign(Object.create(behind) as object, own);
    const redact = redactFor(unwrapRequest({ url: 'https://a.example/' }, { device: { ip: '192.0.2.77' } }));
    const shown = shownResult(remembered as ReturnType<typeof mergedResult>, redact);
    expect(shown).to.deep.include({ adm, ads, bid, errorUrls, findings });
    expect(shown.merged!.adm).to.equal(merged!.adm);
  });
});
