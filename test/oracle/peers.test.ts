import { expect } from 'chai';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { playDocument } from '../support/player.ts';
import { portsOver } from '../support/ports.ts';
import { runUnwrap } from '../support/run-unwrap.ts';
import { adsOf } from '../support/player.ts';
import { at } from '../support/vast-tree.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

// Where other open unwrappers and players were seen to fall short, one test each.

const BASE = 'https://s.example';

/** Unwraps `/0` of these documents, and tells what was asked for. */
async function follow(...documents: readonly string[]): Promise<{ result: UnwrapResult; asked: readonly string[] }> {
  const ports = portsOver(Object.fromEntries(documents.map((text, i) => [`${BASE}/${i}`, text])));
  const result = await runUnwrap(`${BASE}/0`, ports);
  return { result, asked: ports.requests.map(({ url }) => url.slice(BASE.length)) };
}

/** A wrapper that leads to `/1` and holds more than wrappers of tests usually do. */
const wrapperWith = (parts: string): string =>
  vast(wrapperAd({ uri: `${BASE}/1` })).replace('</Wrapper>', `${parts}</Wrapper>`);

const creative = (content: string): string => `<Creatives><Creative>${content}</Creative></Creatives>`;

/** An InLine with further creatives. */
const inLineWith = (creatives: string): string => vast(inLineAd()).replace('</Creatives>', `${creatives}</Creatives>`);

async function played(wrapper: string, inLine: string): Promise<readonly string[]> {
  const { result } = await follow(wrapper, inLine);
  expect(result.status).to.equal('resolved');
  const [play] = playDocument(result.adm!);
  return play!.fired;
}

describe('what other unwrappers get wrong', () => {
  it("a wrapper's NonLinearClickTracking is not lost", async () => {
    const wrapper = wrapperWith(
      creative(
        '<NonLinearAds><NonLinear><NonLinearClickTracking>https://w.example/click</NonLinearClickTracking></NonLinear></NonLinearAds>',
      ),
    );
    const overlay = '<StaticResource creativeType="image/png">https://i.example/o.png</StaticResource>';
    const fired = await played(
      wrapper,
      inLineWith(
        `<Creative><NonLinearAds><NonLinear width="1" height="1">${overlay}</NonLinear></NonLinearAds></Creative>`,
      ),
    );
    expect(fired).to.include('nonLinear0(https://i.example/o.png).clickTracking {} https://w.example/click');
  });

  it("a wrapper's icons go into the ad's Linear: no creative is added, nothing fires twice", async () => {
    const icon =
      '<Icons><Icon program="AdChoices"><IconViewTracking>https://w.example/icon</IconViewTracking></Icon></Icons>';
    const start = '<TrackingEvents><Tracking event="start">https://w.example/start</Tracking></TrackingEvents>';
    const { result } = await follow(wrapperWith(creative(`<Linear>${icon}${start}</Linear>`)), vast(inLineAd()));
    const [ad] = adsOf(result.adm!);
    expect(at(ad!, 'InLine', 'Creatives', 'Creative')).to.have.length(1);
    expect(at(ad!, 'InLine', 'Creatives', 'Creative', 'Linear', 'Icons', 'Icon')).to.have.length(1);
    for (const url of ['https://w.example/icon', 'https://w.example/start']) {
      expect(playDocument(result.adm!)[0]!.fired.filter((each) => each.endsWith(url))).to.have.length(1);
    }
  });

  it("the trackers of a wrapper's companion without a resource go onto the ad's companion", async () => {
    const trackers =
      '<CompanionClickTracking id="w">https://w.example/click</CompanionClickTracking><TrackingEvents><Tracking event="creativeView">https://w.example/view</Tracking></TrackingEvents>';
    const wrapper = wrapperWith(
      creative(`<CompanionAds><Companion width="300" height="250">${trackers}</Companion></CompanionAds>`),
    );
    const banner = '<StaticResource creativeType="image/png">https://i.example/b.png</StaticResource>';
    const fired = await played(
      wrapper,
      inLineWith(
        `<Creative><CompanionAds><Companion width="300" height="250">${banner}</Companion></CompanionAds></Creative>`,
      ),
    );
    expect(fired).to.include('companion(https://i.example/b.png).clickTracking {"id":"w"} https://w.example/click');
    expect(fired).to.include('companion(https://i.example/b.png).creativeView {} https://w.example/view');
  });

  for (const version of ['3.0', '4.2']) {
    it(`every AdVerifications extension of a wrapper is read, and each verification runs once, in ${version}`, async () => {
      const extension = (n: number): string =>
        `<Extension type="AdVerifications"><AdVerifications><Verification vendor="v${n}"><JavaScriptResource>https://v.example/${n}.js</JavaScriptResource></Verification></AdVerifications></Extension>`;
      const wrapper = wrapperWith(`<Extensions>${extension(1)}${extension(2)}</Extensions>`);
      const inLine = vast(inLineAd()).replace('version="4.1"', `version="${version}"`);
      const { result } = await follow(wrapper, inLine);
      const run = playDocument(result.adm!)[0]!.offered.filter((each) => each.startsWith('<Verification'));
      expect(run).to.have.length(2);
      const [ad] = adsOf(result.adm!);
      const home = version === '3.0' ? ['Extensions', 'Extension', 'AdVerifications'] : ['AdVerifications'];
      expect(at(ad!, 'InLine', ...home, 'Verification')).to.have.length(2);
      expect(at(ad!, 'InLine', 'Extensions', 'Extension')).to.have.length(version === '3.0' ? 1 : 0);
    });
  }

  it('an only ad with a sequence is an ad, also where one ad is allowed', async () => {
    const { result } = await follow(vast(wrapperAd({ uri: `${BASE}/1` })), vast(inLineAd({ id: 'lone', sequence: 1 })));
    expect(result).to.include({ status: 'resolved' });
    expect(result.ads.map(({ id }) => id)).to.deep.equal(['lone']);
  });

  it('followAdditionalWrappers=false ignores a wrapper in the reply: no ad, not a fault of fetching, and no request', async () => {
    const first = vast(wrapperAd({ uri: `${BASE}/1`, attributes: 'followAdditionalWrappers="false"' }));
    const { result, asked } = await follow(first, vast(wrapperAd({ uri: `${BASE}/2` })), vast(inLineAd()));
    expect(result).to.include({ status: 'no_ad', vastError: 303, reason: 'no-ad' });
    expect(asked).to.deep.equal(['/0', '/1']);
    const beside = vast(wrapperAd({ uri: `${BASE}/2` }), inLineAd({ id: 'beside' }));
    expect((await follow(first, beside)).result.ads.map(({ id }) => id)).to.deep.equal(['beside']);
  });

  for (const [fallbackOnNoAd, ids] of [
    ['', ['spare']],
    ['fallbackOnNoAd="true"', ['spare']],
    ['fallbackOnNoAd="1"', ['spare']],
    ['fallbackOnNoAd="false"', []],
  ] as const) {
    it(`a wrapper without an ad ${fallbackOnNoAd || '(nothing said)'} ${ids.length > 0 ? 'gives way to' : 'keeps out'} the ad beside it`, async () => {
      const first = vast(wrapperAd({ uri: `${BASE}/1`, attributes: fallbackOnNoAd }), inLineAd({ id: 'spare' }));
      const { result } = await follow(first, vast());
      expect(result.ads.map(({ id }) => id)).to.deep.equal(ids);
      expect(result.status).to.equal(ids.length > 0 ? 'resolved' : 'no_ad');
    });
  }

  it('the ads of a pod are numbered 1, 2, 3 where a slot holds a pod, never 1, 1, 2', async () => {
    const slot = wrapperAd({ uri: `${BASE}/1`, sequence: 2, attributes: 'allowMultipleAds="true"' });
    const inner = vast(inLineAd({ id: 'b', sequence: 1 }), inLineAd({ id: 'c', sequence: 2 }));
    const { result } = await follow(vast(inLineAd({ id: 'a', sequence: 1 }), slot), inner);
    expect(adsOf(result.adm!).map(({ attributes }) => [attributes['id'], attributes['sequence']])).to.deep.equal([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
    expect(result.ads.map(({ sequence }) => sequence)).to.deep.equal([1, 2, 3]);
  });

  it('[CACHEBUSTING] in a tag URI is filled, in trackers it stays', async () => {
    const inLine = vast(inLineAd({ impression: 'https://t.example/?cb=[CACHEBUSTING]' }));
    const { result, asked } = await follow(vast(wrapperAd({ uri: `${BASE}/1?cb=[CACHEBUSTING]` })), inLine);
    expect(asked[1]).to.match(/^\/1\?cb=\d{8}$/);
    expect(result.adm).to.contain('https://t.example/?cb=[CACHEBUSTING]');
  });

  it('a tag URI without a scheme takes that of its document', async () => {
    const { result, asked } = await follow(vast(wrapperAd({ uri: '//s.example/1' })), vast(inLineAd()));
    expect(result.status).to.equal('resolved');
    expect(asked).to.deep.equal(['/0', '/1']);
  });

  it('a wrapper that names itself is asked for once', async () => {
    const { result, asked } = await follow(vast(wrapperAd({ uri: `${BASE}/0` })));
    expect(result).to.include({ status: 'too_deep', vastError: 300, reason: 'loop' });
    expect(asked).to.deep.equal(['/0']);
  });
});
