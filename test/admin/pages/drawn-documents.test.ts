import { expect } from 'chai';
import { drawDocuments, drawDocumentsInTurns } from '../../../src/admin/pages/drawn-documents.ts';
import { resultPage } from '../../../src/admin/pages/result-page.ts';
import { debugRun, viewOfRun } from '../../support/debug-run.ts';
import { hopReport } from '../../support/unwrap-result.ts';

describe('drawDocumentsInTurns', () => {
  const hops = Array.from({ length: 8 }, (_, index) =>
    hopReport({
      index,
      text: index % 2 === 0 ? `<VAST>\n<Ad id="${index}"/>\n</VAST>` : `<VAST>${'<Ad/>'.repeat(200)}</VAST>`,
    }),
  );
  const run = debugRun({ hops });
  const view = viewOfRun(run);

  it('draws what is drawn at once', async () => {
    const drawn = await drawDocumentsInTurns(run, view);
    expect(resultPage(run, view, drawn)).to.equal(resultPage(run, view));
    expect(drawn.hops.markup).to.equal(drawDocuments(run, view).hops.markup);
  });

  it('gives the loop back between them', async () => {
    let turns = 0;
    let isDrawn = false;
    const count = (): void => {
      turns += 1;
      if (!isDrawn) setImmediate(count);
    };
    setImmediate(count);
    await drawDocumentsInTurns(run, view);
    isDrawn = true;
    expect(turns).to.be.at.least(hops.length);
  });
});
