import { expect } from 'chai';
import fc from 'fast-check';
import { mergeAds } from '../../src/merge/merge.ts';
import { plainChain, writeSite } from '../support/chains.ts';
import { branchOf, settled } from '../support/settled.ts';
import { inLineAd, read, vast, wrapperAd } from '../support/vast-text.ts';

const alone = { pod: false, dedupe: 'none' } as const;
const without = (text: string, insertions: readonly { start: number; end: number }[]): string =>
  insertions.toReversed().reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text);

describe('mergeAds', () => {
  it('returns the identical text of an InLine without wrappers', () => {
    const text = `<!-- a --><VAST version="4.2">\n <Ad id='1'  ><InLine><Impression/>&#38;<x:y xmlns:x="u"/></InLine></Ad>\t</VAST>\n`;
    const merged = mergeAds([settled([], text)], alone);
    expect(merged.adm).to.equal(text);
    expect(merged.insertions).to.deep.equal([]);
  });

  it('keeps the text of the InLine byte for byte outside the insertions', () => {
    const parts = fc.constantFrom(
      '<TrackingEvents/>',
      '<TrackingEvents ></TrackingEvents>',
      '<TrackingEvents><Tracking event="start">https://i.example/</Tracking> <!-- <Tracking> --></TrackingEvents >',
      '<VideoClicks><![CDATA[ ]]></VideoClicks>',
      '<Icons>\n\t<Icon/>\n\t</Icons>',
      '<Unknown a=">"/>',
    );
    const wrapper = vast(
      '<Ad><Wrapper><AdSystem/><VASTAdTagURI>u</VASTAdTagURI><Impression>https://w.example/i</Impression><Creatives><Creative><Linear>' +
        '<TrackingEvents><Tracking event="start">https://w.example/s</Tracking></TrackingEvents>' +
        '<VideoClicks><ClickThrough>https://w.example/t</ClickThrough></VideoClicks><Icons><Icon program="p"/></Icons>' +
        '</Linear></Creative></Creatives></Wrapper></Ad>',
    );
    const space = fc.constantFrom('', ' ', '\n    ', '\r\n\t');
    fc.assert(
      fc.property(fc.array(fc.tuple(space, parts), { maxLength: 5 }), space, (drawn, end) => {
        const linear = drawn.map(([before, part]) => before + part).join('') + end;
        const text = vast(
          `<Ad><InLine><Creatives><Creative><Linear>${linear}</Linear></Creative></Creatives></InLine></Ad>`,
        );
        const { adm, insertions } = mergeAds([settled([wrapper], text)], alone);
        expect(without(adm, insertions)).to.equal(text);
        expect(read(adm).ads).to.have.length(1);
        for (const url of ['/i<', '/s<', '/t<']) expect(adm.split(`w.example${url}`)).to.have.length(2);
      }),
    );
  });

  it('makes the same document where nobody will look at findings, and no findings', () => {
    fc.assert(
      fc.property(plainChain, fc.constantFrom('none', 'exact'), (plan, dedupe) => {
        const documents = Object.values(writeSite(plan).pages).reverse();
        const ad = settled(documents.slice(0, -1), documents.at(-1)!);
        const told = mergeAds([ad], { pod: false, dedupe });
        const quiet = mergeAds([ad], { pod: false, dedupe, quiet: true });
        expect(quiet.findings).to.deep.equal([]);
        expect(quiet.adm).to.equal(told.adm);
        expect(quiet.insertions).to.deep.equal(told.insertions);
        expect(quiet.trackers()).to.deep.equal(told.trackers());
      }),
    );
  });

  it('keeps the stand-alone ad of a document and takes out its other ads', () => {
    const text = vast(inLineAd({ id: 'a' }), ' <!-- between --> ', wrapperAd(), inLineAd({ id: 'b' }));
    expect(mergeAds([settled([], text)], alone).adm).to.equal(vast(inLineAd({ id: 'a' }), ' <!-- between --> '));
  });

  it('drops no URL as a duplicate, unless asked to', () => {
    const inLine = vast(inLineAd({ impression: 'https://t.example/same' }));
    const wrappers = [
      vast(wrapperAd({ id: 'same' })),
      vast(wrapperAd({ id: 'same' })),
      vast(wrapperAd({ id: 'other' })),
    ];
    const count = (dedupe: 'none' | 'exact'): number =>
      mergeAds([settled(wrappers, inLine)], { pod: false, dedupe }).trackers().length;
    expect([count('none'), count('exact')]).to.deep.equal([4, 2]);
  });

  it('tells of every tracker which hop and element it came from', () => {
    const ad = settled([vast(wrapperAd({ id: 'w0' })), vast(wrapperAd({ id: 'w1' }))], vast(inLineAd({ id: 'i' })));
    const trackers = mergeAds([ad], alone).trackers();
    expect(trackers.map(({ event, url, hop }) => [event, url, hop])).to.deep.equal([
      ['impression', 'https://t.example/i', 2],
      ['impression', 'https://t.example/w1', 1],
      ['impression', 'https://t.example/w0', 0],
    ]);
    expect(trackers[2]!.element).to.equal(ad.branch[0]!.wrapper.body.children[2]);
  });

  it('leaves the root Error of a document with an ad where it is', () => {
    const text = vast('<Error>https://e.example</Error>', inLineAd());
    expect(mergeAds([settled([vast(wrapperAd())], text)], alone).adm).to.contain(
      '<VAST version="4.1"><Error>https://e.example</Error>',
    );
  });

  it('stays small where two documents ask for millions of copies, or for a long one many times', () => {
    const nonLinears = `<Creative><NonLinearAds>${'<NonLinear/>'.repeat(1000)}</NonLinearAds></Creative>`;
    const inLine = vast(inLineAd().replace('<Creatives>', `<Creatives>${nonLinears}`));
    const wrapper = (clicks: string): string =>
      vast(
        `<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI><Creatives><Creative><NonLinearAds><NonLinear>${clicks}</NonLinear></NonLinearAds></Creative></Creatives></Wrapper></Ad>`,
      );
    const click = (path: string): string =>
      `<NonLinearClickTracking>https://w.example/${path}</NonLinearClickTracking>`;
    for (const clicks of [click('a').repeat(1000), click('a'.repeat(100_000))]) {
      const { adm, findings } = mergeAds([settled([wrapper(clicks)], inLine)], alone);
      expect(adm.length).to.be.lessThan(5_000_000);
      expect(findings.map(({ rule }) => rule)).to.deep.equal(['chain/unmerged-tracker']);
    }
  });

  describe('where other unwrappers fall short', () => {
    const wrapper = (content: string): string =>
      vast(
        `<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI><Creatives><Creative>${content}</Creative></Creatives></Wrapper></Ad>`,
      );
    const inLine = (content: string): string =>
      vast(inLineAd().replace('</Creatives>', `<Creative>${content}</Creative></Creatives>`));
    const eventsOf = (wrapped: string, own: string): readonly string[] =>
      mergeAds([settled([wrapper(wrapped)], inLine(own))], alone)
        .trackers()
        .filter(({ hop }) => hop === 0)
        .map(({ event }) => event);

    it("does not lose a wrapper's NonLinearClickTracking", () => {
      const click = '<NonLinearClickTracking>https://w.example</NonLinearClickTracking>';
      const own = '<NonLinearAds><NonLinear/><NonLinear/></NonLinearAds>';
      expect(eventsOf(`<NonLinearAds><NonLinear>${click}</NonLinear></NonLinearAds>`, own)).to.deep.equal([
        'nonLinear.clickTracking',
        'nonLinear.clickTracking',
      ]);
    });

    it("does not turn a wrapper's icons into extra creatives that fire twice", () => {
      const icon = '<Icon program="p"><IconViewTracking>https://w.example</IconViewTracking></Icon>';
      const text = mergeAds(
        [settled([wrapper(`<Linear><Icons>${icon}</Icons></Linear>`)], vast(inLineAd()))],
        alone,
      ).adm;
      expect(text.match(/<Creative>|<IconViewTracking>/g)).to.deep.equal(['<Creative>', '<IconViewTracking>']);
    });

    it('applies companion trackers', () => {
      const tracking = '<TrackingEvents><Tracking event="creativeView">https://w.example</Tracking></TrackingEvents>';
      const own =
        '<CompanionAds><Companion width="1" height="1"><StaticResource>u</StaticResource></Companion></CompanionAds>';
      expect(eventsOf(`<CompanionAds><Companion>${tracking}</Companion></CompanionAds>`, own)).to.deep.equal([
        'companion.creativeView',
      ]);
    });

    it('keeps a lone sequenced ad as it is', () => {
      const text = vast(inLineAd({ id: 'a', sequence: 3 }));
      expect(mergeAds([settled([], text)], alone).adm).to.equal(text);
    });
  });

  describe('of a pod', () => {
    const pod = { pod: true, dedupe: 'none' } as const;
    const sequences = (adm: string): readonly (string | undefined)[][] =>
      read(adm).ads.map(({ id, element }) => [id!, element.attributes.get('sequence')]);

    it('keeps the text of one document, numbered 1 to n, never 1, 1, 2', () => {
      const document = read(
        vast(inLineAd({ id: 'a', sequence: 1 }), '\n', inLineAd({ id: 'b', sequence: 7 }), inLineAd({ id: 'c' })),
      );
      const slots = document.ads.map((inline) => ({ kind: 'settled', hop: 0, document, inline, branch: [] }) as never);
      expect(mergeAds(slots, pod).adm).to.equal(
        vast(
          inLineAd({ id: 'a', sequence: 1 }),
          '\n',
          inLineAd({ id: 'b', sequence: 2 }),
          inLineAd({ id: 'c' }).replace(' id="c"', ' sequence="3" id="c"'),
        ),
      );
    });

    it('puts the ads of other documents behind, each with its own trackers and namespaces', () => {
      const first = settled([vast(wrapperAd({ id: 'w0' }))], vast(inLineAd({ id: 'a' })));
      const text = vast(inLineAd({ id: 'b', sequence: 1 }))
        .replace('<VAST ', '<VAST xmlns:x="https://x.example/?a&amp;b" ')
        .replace('<AdTitle>T', '<AdTitle x:y="1">T');
      const second = settled([vast(wrapperAd({ id: 'w0' }))], text);
      const { adm, insertions } = mergeAds([first, second], pod);
      expect(sequences(adm)).to.deep.equal([
        ['a', '1'],
        ['b', '2'],
      ]);
      expect(adm).to.contain('xmlns:x="https://x.example/?a&amp;b"');
      const added = insertions.map(({ start, end }) => adm.slice(start, end)).join('');
      expect(added).to.contain('https://t.example/w0').and.not.contain('https://t.example/b');
    });

    it('says where an ad stands in a document of another version', () => {
      const ads = [settled([], vast(inLineAd())), settled([], vast(inLineAd()).replace('4.1', '3.0'))];
      const { adm, findings } = mergeAds(ads, pod);
      expect(read(adm).version).to.equal('4.1');
      expect(findings).to.have.length(1);
      expect(findings[0]).to.include({
        ...{ rule: 'chain/version-foreign', path: '/VAST/Ad[1]' },
        message: 'an ad of VAST 3.0 stands in a document of VAST 4.1, that of the first ad of the pod',
      });
    });

    it('writes an ad twice that two slots ended in', () => {
      const ad = settled([], vast(inLineAd({ id: 'a' })));
      expect(sequences(mergeAds([ad, { ...ad, branch: branchOf([vast(wrapperAd())]) }], pod).adm)).to.deep.equal([
        ['a', '1'],
        ['a', '2'],
      ]);
    });
  });
});
