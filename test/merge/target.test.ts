import { expect } from 'chai';
import { partsOf } from '../../src/merge/parts.ts';
import type { Recipient, RecipientInDocument } from '../../src/merge/placement.ts';
import {
  container,
  copy,
  createMergeContext,
  recipientOf,
  elementsAt,
  present,
  type Target,
} from '../../src/merge/target.ts';
import type { Element } from '../../src/vast/element.ts';
import { branchOf } from '../support/settled.ts';
import { inLineAd, read, vast, wrapperAd } from '../support/vast-text.ts';

function targetOf(ad: string, dedupe = false): Target {
  const document = read(vast(ad));
  const { text, version, ads } = document;
  const [side, body] = [ads[0]!.kind === 'inline' ? ('InLine' as const) : ('Wrapper' as const), ads[0]!.body];
  return {
    text,
    version,
    document,
    side,
    body,
    homes: new Map(),
    dedupe,
    withoutErrors: false,
    quiet: false,
    recipients: new Map<Element, RecipientInDocument>(),
    seen: new Map<Recipient, Set<string>>(),
    ...createMergeContext(),
    copied: [],
    findings: [],
  };
}
const link = branchOf([vast(wrapperAd())])[0]!;
const source = { ...link, scope: () => [], parts: partsOf(link.wrapper.body) };
const impression = source.wrapper.body.children.find(({ name }) => name === 'Impression')!;

describe('container', () => {
  it('is the child that is there, or one that is made once', () => {
    const target = targetOf(inLineAd());
    const body = recipientOf(target, target.body);
    expect(container(target, body, 'Creatives', source).element).to.equal(target.body.children.at(-1));
    expect(container(target, body, 'Extensions', source)).to.equal(container(target, body, 'Extensions', source));
  });
});

describe('elementsAt', () => {
  it('is every element of an InLine, and makes none', () => {
    const [creative] = /<Creative>.*<\/Creative>/.exec(inLineAd())!;
    expect(
      elementsAt(targetOf(inLineAd().replace('<Creatives>', `<Creatives>${creative}`)), 'Linear', source),
    ).to.have.length(2);
    expect(elementsAt(targetOf(inLineAd()), 'NonLinearAds', source)).to.deep.equal([]);
  });

  it('is one of a Wrapper, made where it has none', () => {
    const target = targetOf(wrapperAd());
    expect(elementsAt(target, 'Linear', source)).to.have.length(1);
    expect(elementsAt(target, 'Linear', source)[0]).to.equal(elementsAt(target, 'Linear', source)[0]);
  });
});

describe('copy', () => {
  it('adds the element as it stands', () => {
    const target = targetOf(inLineAd());
    const body = recipientOf(target, target.body);
    copy(target, body, source, impression);
    expect(present(body).at(-1)).to.deep.equal({ element: impression, hop: 0 });
  });

  it('leaves out what stands there already when asked to', () => {
    const target = targetOf(inLineAd({ impression: impression.text }), true);
    const body = recipientOf(target, target.body);
    copy(target, body, source, impression);
    expect(body.added).to.deep.equal([]);
  });
});
