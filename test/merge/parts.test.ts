import { expect } from 'chai';
import fc from 'fast-check';
import { partsOf } from '../../src/merge/parts.ts';
import { descendants } from '../../src/vast/element.ts';
import { plainChain, writeSite } from '../support/chains.ts';
import { read, vast } from '../support/vast-text.ts';

const bodyOf = (content: string) => read(vast(`<Ad><Wrapper>${content}</Wrapper></Ad>`)).ads[0]!.body;
const inLinear = (content: string): string => `<Creatives><Creative><Linear>${content}</Linear></Creative></Creatives>`;

describe('partsOf', () => {
  it('gives elements of one kind in document order, whatever their names and whichever container they are in', () => {
    const clicks = '<VideoClicks><CustomClick/><ClickThrough/><ClickTracking/></VideoClicks>';
    const { linearClicks, clickThroughs } = partsOf(bodyOf(inLinear(clicks) + inLinear(clicks)));
    const names = ['CustomClick', 'ClickTracking'];
    expect(linearClicks.map(({ name }) => name)).to.deep.equal([...names, ...names]);
    expect(linearClicks.map(({ start }) => start)).to.deep.equal(linearClicks.map(({ start }) => start).toSorted((a, b) => a - b)); // prettier-ignore
    expect(clickThroughs).to.have.length(2);
  });

  it('takes nothing that stands elsewhere', () => {
    const parts = partsOf(
      bodyOf('<Tracking/><x:Impression xmlns:x="u"/><Creatives><Linear/><Impression/></Creatives>'),
    );
    expect(Object.values(parts).flat()).to.deep.equal([]);
  });

  it('finds what a search along each path finds', () => {
    const tracking = ['Creatives', 'Creative', 'Linear', 'TrackingEvents', 'Tracking'] as const;
    const companions = ['Creatives', 'Creative', 'CompanionAds', 'Companion'] as const;
    fc.assert(
      fc.property(plainChain, (plan) => {
        for (const { body } of Object.values(writeSite(plan).pages).flatMap((text) => read(text).ads)) {
          const parts = partsOf(body);
          expect(parts.impressions).to.deep.equal(descendants(body, 'Impression'));
          expect(parts.linears).to.deep.equal(descendants(body, ...tracking.slice(0, 3)));
          expect(parts.linearTracking).to.deep.equal(descendants(body, ...tracking));
          expect(parts.companions).to.deep.equal(descendants(body, ...companions));
          expect(parts.extensions).to.deep.equal(descendants(body, 'Extensions', 'Extension'));
        }
      }),
      { numRuns: 50 },
    );
  });
});
