import { expect } from 'chai';
import { trackerMatrix } from '../../../src/admin/pages/trackers.ts';
import { showDocuments } from '../../../src/admin/pages/shown-documents.ts';
import { mergedResult } from '../../support/debug-run.ts';

describe('trackerMatrix', () => {
  it('counts by event and hop, and gives every URL with its place', () => {
    const { merged, hops } = mergedResult();
    const { markup } = trackerMatrix(merged!.trackers(), hops, showDocuments({ hops }));
    expect(markup).to.match(
      /<th scope="row">impression<\/th>\s*<td class="number">1<\/td>\s*<td class="number">1<\/td>/,
    );
    expect(markup).to.include('https://w.example/i</a>').and.include('data-path="/VAST/Ad[1]/Wrapper/Impression"');
  });

  it('says where there are none', () => {
    expect(trackerMatrix([], [], showDocuments({ hops: [] })).markup).to.include('no tracking URLs');
  });
});
