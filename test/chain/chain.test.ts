import { expect } from 'chai';
import { advance, blockedCategories, parentOf, withoutAd, type ChainDocument } from '../../src/chain/chain.ts';
import type { Branch, Failed, Follow } from '../../src/chain/step.ts';
import type { Wrapper } from '../../src/vast/ad.ts';
import { inLineAd, read, vast, wrapperAd } from '../support/vast-text.ts';

function place(text: string, over: Partial<ChainDocument> = {}): ChainDocument {
  const url = 'https://a.example/v';
  return { document: read(text), hop: 0, url, uri: url, branch: [], ...over };
}

function branchOf(...uris: readonly string[]): Branch {
  return uris.map((uri, hop) => {
    const document = read(vast(wrapperAd({ error: `https://e.example/${hop}`, blocked: 'IAB7, IAB8' })));
    return { hop, document, wrapper: document.ads[0] as Wrapper, uri };
  });
}

const step = (at: ChainDocument, maxWrappers = 5): ReturnType<typeof advance> =>
  advance(at, at.document.ads[0]!, maxWrappers);
const reasonOf = (at: ChainDocument, maxWrappers = 5): string => (step(at, maxWrappers) as Failed).failure.reason;

describe('advance', () => {
  it('settles on an InLine, with the wrappers above it', () => {
    const branch = branchOf('https://x.example/');
    const settled = step(place(vast(inLineAd({ id: 'i' })), { branch, hop: 1 }));
    expect(settled).to.include({ kind: 'settled', hop: 1, branch });
  });

  it('follows a wrapper, and adds it to the branch', () => {
    const follow = step(place(vast(wrapperAd({ uri: ' /next?cb=[CACHEBUSTING] ' })))) as Follow;
    expect(follow.uri).to.equal('https://a.example/next?cb=[CACHEBUSTING]');
    expect(follow.branch.map(({ hop, uri }) => [hop, uri])).to.deep.equal([[0, 'https://a.example/v']]);
  });

  it('fails at the wrapper that is one too many, which is told as well', () => {
    const branch = branchOf('https://1.example', 'https://2.example');
    const at = place(vast(wrapperAd()), { branch, hop: 2 });
    expect(reasonOf(at, 2)).to.equal('too-deep');
    expect((step(at, 2) as Failed).branch).to.have.length(3);
    expect(step(at, 3).kind).to.equal('follow');
  });

  it('fails where a tag comes twice in a branch, the self-loop included', () => {
    expect(reasonOf(place(vast(wrapperAd({ uri: 'https://a.example/v' }))))).to.equal('loop');
    const branch = branchOf('https://first.example/?cb=[CACHEBUSTING]');
    const back = vast(wrapperAd({ uri: 'https://first.example/?cb=[CACHEBUSTING]' }));
    expect(reasonOf(place(back, { branch }))).to.equal('loop');
  });

  it('fails on an empty tag URI, and on a relative one with nothing to stand against', () => {
    expect(reasonOf(place(vast(wrapperAd({ uri: '  ' }))))).to.equal('uri-invalid');
    expect(reasonOf(place(vast(wrapperAd({ uri: 'next' })), { url: null, uri: null }))).to.equal('uri-invalid');
  });

  it('refuses an InLine of a category that a wrapper blocks, and tells its own Error too', () => {
    const text = vast(inLineAd({ category: 'IAB8', error: 'https://e.example/own' }));
    const failed = step(place(text, { branch: branchOf('https://1.example') })) as Failed;
    expect(failed.failure.reason).to.equal('category-blocked');
    expect(failed.ownErrorUrls).to.deep.equal(['https://e.example/own']);
    expect(step(place(text)).kind).to.equal('settled');
  });

  it('fails on an ad that is neither InLine nor Wrapper', () => {
    expect(reasonOf(place('<VAST version="4.0"><Ad id="x"></Ad></VAST>'))).to.equal('broken-ad');
  });
});

describe('advance to an InLine in which nothing can be shown', () => {
  const nothing = inLineAd({ error: 'https://e.example/ad' }).replace(/<Creatives>.*<\/Creatives>/s, '<Creatives/>');
  const withoutFiles =
    '<Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles/></Linear></Creative></Creatives>';
  const root = (ads: string): string => `<VAST version="4.2"><Error>https://e.example/root</Error>${ads}</VAST>`;
  const tellsOf = (ads: string): readonly string[] => (step(place(root(ads))) as Failed).ownErrorUrls;

  it('fails as an ad without creatives, or as a Linear without files', () => {
    expect(reasonOf(place(root(nothing)))).to.equal('no-creative');
    expect(reasonOf(place(root(nothing.replace('<Creatives/>', withoutFiles))))).to.equal('no-media');
  });

  it('tells its own Error, and that of the root where it was the only ad', () => {
    expect(tellsOf(nothing)).to.deep.equal(['https://e.example/ad', 'https://e.example/root']);
    expect(tellsOf(nothing + inLineAd())).to.deep.equal(['https://e.example/ad']);
  });

  it('says in words what is missing or wrong', () => {
    const messageOf = (at: ChainDocument, maxWrappers = 5): string => (step(at, maxWrappers) as Failed).failure.message;
    const empty = vast(wrapperAd({ uri: '  ' }));
    const relative = place(vast(wrapperAd({ uri: 'next' })), { url: null, uri: null });
    expect(messageOf(place(root(nothing)))).to.include('no Linear');
    expect(messageOf(place(root(nothing.replace('<Creatives/>', withoutFiles))))).to.include('no MediaFile');
    expect(messageOf(place(empty))).to.include('empty');
    expect(messageOf(relative)).to.include('not a usable URI');
    expect(messageOf(place(vast(wrapperAd({ uri: 'https://a.example/v' }))))).to.include('already');
    expect(messageOf(place(vast(wrapperAd())), 0)).to.include('more than 0 wrappers');
    const blocked = place(vast(inLineAd({ category: 'IAB8' })), { branch: branchOf('https://1.example') });
    expect(messageOf(blocked)).to.include('IAB8');
  });
});

describe('parentOf', () => {
  it('is the last wrapper of a branch, if there is one', () => {
    const branch = branchOf('https://1.example', 'https://2.example', 'https://3.example');
    expect(parentOf(branch)).to.equal(branch[2]!.wrapper);
    expect(parentOf([])).to.equal(null);
  });
});

describe('withoutAd', () => {
  it('tells the root Error of a document without ads only', () => {
    const empty = withoutAd(place('<VAST version="4.0"><Error>https://e.example/root</Error></VAST>'));
    expect(empty.ownErrorUrls).to.deep.equal(['https://e.example/root']);
    const ignored = withoutAd(place(`<VAST version="4.0"><Error>https://e.example/root</Error>${wrapperAd()}</VAST>`));
    expect(ignored.ownErrorUrls).to.deep.equal([]);
  });
});

describe('blockedCategories', () => {
  it('joins what all wrappers block', () => {
    expect(blockedCategories(branchOf('https://1.example'))).to.deep.equal(['IAB7', 'IAB8']);
  });
});
