import { expect } from 'chai';
import { errorUrlsOf, errorUrlsOfAd } from '../../src/chain/error-urls.ts';
import type { FailureReason } from '../../src/chain/failure.ts';
import type { Failed, Link, Settled } from '../../src/chain/step.ts';
import type { InLine, Wrapper } from '../../src/vast/ad.ts';
import { inLineAd, read, vast, wrapperAd } from '../support/vast-text.ts';

function link(hop: number, error: string): Link {
  const document = read(vast(wrapperAd({ error })));
  return { hop, document, wrapper: document.ads[0] as Wrapper, uri: null };
}

const branch = [link(0, 'https://0.example/?c=[ERRORCODE]'), link(1, 'https://1.example/?c=%5BERRORCODE%5D')];

function failed(reason: FailureReason, ownErrorUrls: readonly string[] = []): Failed {
  return { kind: 'failed', failure: { reason, message: '' }, branch, ownErrorUrls, unresolved: null };
}

describe('errorUrlsOf', () => {
  it('tells every wrapper that was read, then the document itself, with the code filled in', () => {
    const urls = errorUrlsOf(failed('no-ad', ['https://own.example/[ERRORCODE]', '']), 'chain');
    expect(urls).to.deep.equal(['https://0.example/?c=303', 'https://1.example/?c=303', 'https://own.example/303']);
  });

  it('tells only the empty document where the letter of the specification is asked for', () => {
    expect(errorUrlsOf(failed('no-ad', ['https://own.example']), 'root')).to.deep.equal(['https://own.example']);
    expect(errorUrlsOf(failed('timeout'), 'root')).to.have.length(2);
  });

  it('goes by the code of the failure itself before that of its kind, and tells nobody where there is none', () => {
    const coded = (vastError: Failed['failure']['vastError']): Failed => {
      const { failure, ...more } = failed('http-status');
      return { ...more, failure: { ...failure, ...(vastError !== undefined && { vastError }) } };
    };
    expect(errorUrlsOf(coded(900), 'chain')[0]).to.equal('https://0.example/?c=900');
    expect(errorUrlsOf(coded(null), 'chain')).to.deep.equal([]);
    expect(errorUrlsOf(coded(undefined), 'chain')).to.have.length(2);
  });

  it('tells nobody of our own limits', () => {
    expect(errorUrlsOf(failed('busy'), 'chain')).to.deep.equal([]);
    expect(errorUrlsOf(failed('fetch-limit'), 'chain')).to.deep.equal([]);
  });

  it('tells the same URL of two hops twice', () => {
    const twice: Failed = { ...failed('timeout'), branch: [branch[0]!, branch[0]!] };
    expect(errorUrlsOf(twice, 'chain')).to.deep.equal(['https://0.example/?c=301', 'https://0.example/?c=301']);
  });
});

describe('errorUrlsOfAd', () => {
  it('tells the whole chain, the InLine included', () => {
    const document = read(vast(inLineAd({ error: 'https://i.example/[ERRORCODE]' })));
    const ad: Settled = { kind: 'settled', hop: 2, document, inline: document.ads[0] as InLine, branch };
    expect(errorUrlsOfAd(ad, 203).at(-1)).to.equal('https://i.example/203');
    expect(errorUrlsOfAd(ad, 203)).to.have.length(3);
  });
});
