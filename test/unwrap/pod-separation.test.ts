import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

async function run(adm: string, poddedupe: readonly number[] | null, pages = {}): Promise<UnwrapResult> {
  const deadline = Deadline.after(5000);
  const imp = { video: poddedupe === null ? {} : { poddedupe } };
  const result = await unwrap(unwrapRequest({ adm }, { imp }), deadline, portsOver(pages), untraced);
  deadline.cancel();
  return result;
}
const idsOf = ({ ads }: UnwrapResult): readonly (string | null)[] => ads.map(({ id }) => id);
const repeatedIn = ({ findings }: UnwrapResult): readonly string[] =>
  findings.filter(({ rule }) => rule === 'chain/repeated').map(({ message }) => message);

/** The slot `b` repeats the slot `a` in one trait. */
const ALIKE: Readonly<Record<string, readonly [setting: number, a: object, b: object]>> = {
  advertiser: [1, { advertiser: 'brand.example' }, { advertiser: 'www.Brand.example' }],
  'landing domain': [1, { clickThrough: 'https://brand.test/1' }, { clickThrough: 'https://www.brand.test/2' }],
  category: [2, { category: 'IAB2-1' }, { category: 'IAB2-1' }],
  'creative, by its id': [3, { universalAdId: 'A1' }, { universalAdId: 'A1' }],
  'creative, by its file': [3, { media: 'https://m.example/x.mp4?cb=1' }, { media: 'https://m.example/x.mp4?cb=2' }],
  'media file': [4, { media: 'https://m.example/x.mp4?cb=1' }, { media: 'https://m.example/x.mp4?cb=2' }],
};

describe('the ads of a pod', () => {
  for (const [what, [setting, a, b]] of Object.entries(ALIKE)) {
    const pod = vast(
      inLineAd({ id: 'a', sequence: 1, ...a }),
      inLineAd({ id: 'b', sequence: 2, ...b }),
      inLineAd({ id: 'c', sequence: 3 }),
    );

    it(`do not have the same ${what} where the imp wants that`, async () => {
      const result = await run(pod, [setting]);
      expect(idsOf(result)).to.deep.equal(['a', 'c']);
      expect(result.status).to.equal('resolved');
      expect(repeatedIn(result)).to.have.length(1);
      expect(result.adm).not.to.contain('id="b"');
    });

    it(`may have the same ${what} where it wants nothing, something else, or says 5`, async () => {
      for (const other of [null, [], [setting === 2 ? 1 : 2], [setting, 5]]) {
        const result = await run(pod, other);
        expect(idsOf(result), JSON.stringify(other)).to.deep.equal(['a', 'b', 'c']);
        expect(repeatedIn(result)).to.deep.equal([]);
      }
    });
  }

  it('get a spare ad in place of what repeats, the first that repeats nothing itself', async () => {
    const pod = vast(
      inLineAd({ id: 'a', sequence: 1, advertiser: 'x' }),
      inLineAd({ id: 'b', sequence: 2, advertiser: 'x', error: 'https://e.example/[ERRORCODE]' }),
      inLineAd({ id: 'c', sequence: 3, advertiser: 'y' }),
      inLineAd({ id: 's1', advertiser: 'x' }),
      wrapperAd({ id: 's2', uri: 'https://s.example/spare' }),
      inLineAd({ id: 's3', advertiser: 'z' }),
    );
    const spare = { 'https://s.example/spare': vast(inLineAd({ id: 'd', advertiser: 'x' })) };
    const result = await run(pod, [1], spare);
    expect(idsOf(result)).to.deep.equal(['a', 's3', 'c']);
    expect(repeatedIn(result)).to.have.members(
      ['b', 's1', 'd'].map((id) => `ad "${id}": another one of the pod has the same advertiser`),
    );
    expect(result.errorUrls).to.deep.equal(['https://e.example/200']);
  });

  it('are kept apart across the pods that stand in slots', async () => {
    const inner = vast(
      inLineAd({ id: 'i1', sequence: 1, advertiser: 'x' }),
      inLineAd({ id: 'i2', sequence: 2, advertiser: 'y' }),
    );
    const pod = vast(
      inLineAd({ id: 'a', sequence: 1, advertiser: 'x' }),
      wrapperAd({ id: 'w', sequence: 2, uri: 'https://s.example/pod', attributes: 'allowMultipleAds="true"' }),
    );
    expect(idsOf(await run(pod, [1], { 'https://s.example/pod': inner }))).to.deep.equal(['a', 'i2']);
  });

  it('that say nothing of themselves are not alike', async () => {
    const pod = vast(inLineAd({ id: 'a', sequence: 1 }), inLineAd({ id: 'b', sequence: 2 }));
    expect(idsOf(await run(pod, [1, 2, 3, 4]))).to.deep.equal(['a', 'b']);
  });
});
