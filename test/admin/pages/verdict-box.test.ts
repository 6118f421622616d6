import { expect } from 'chai';
import { showDocuments } from '../../../src/admin/pages/shown-documents.ts';
import { verdictBox } from '../../../src/admin/pages/verdict-box.ts';
import type { DebugRun } from '../../../src/debug/run.ts';
import { emptyForm } from '../../../src/debug/debug-form.ts';
import { debugRun } from '../../support/debug-run.ts';
import { unwrapRequest } from '../../support/unwrap-request.ts';

const finding = (rule: string) =>
  ({ rule, severity: 'error', message: rule, hop: 0, line: 1, path: null, vastError: null, lossReason: null, spec: null }) as const; // prettier-ignore

const draw = (run: DebugRun, isOwn = true) => verdictBox(run, showDocuments(run.result), isOwn);

describe('verdictBox', () => {
  it('says what the ad was held against, with a button for each other player', () => {
    const form = { ...emptyForm(5000, 5), preset: 'ctv' };
    const { markup } = draw(debugRun({}, { form, player: 'a connected TV' }));
    expect(markup).to.include('Held against <strong>a connected TV</strong>');
    const buttons = [...markup.matchAll(/name="preset" value="(\w+)"/g)].map(([, preset]) => preset);
    expect(buttons).to.deep.equal(['instream', 'audio', 'none']);
  });

  it('offers the web player to whom an imp of an auction was used', () => {
    const { markup } = draw(debugRun({}, { player: 'imp “1” of the BidRequest' }));
    expect(markup).to.include('value="instream"');
  });

  it('counts the reasons beside the first', () => {
    const findings = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6', 'a/7'].map(finding);
    const { markup } = draw(debugRun({ findings }));
    expect(markup).to.match(/<h1>[^<]*a\/1/);
    expect(markup).to.include('6 more reasons').and.include('<li>a/2.</li>').and.include('and 2 more');
  });

  it('has a field for each macro that nobody had filled, and a number for what is to be new each time', () => {
    const request = unwrapRequest({ url: 'https://a.example/?cb=%%CACHEBUSTER%%&x={{"<b>}}&ip={{ip}}' }, { imp: {} });
    const { markup } = draw(debugRun({}, { request }));
    expect(markup)
      .to.match(/name="macro:%%CACHEBUSTER%%"\s+value="\d+"/)
      .and.match(/name="macro:\{\{ip\}\}"\s+value=""/);
    expect(markup).to.include('Fill in and run again').and.not.include('<b>');
  });

  it('names them to others, who cannot fill them in', () => {
    const request = unwrapRequest({ url: 'https://%%HOST%%.example/' }, { imp: {} });
    const { markup } = draw(debugRun({}, { request }), false);
    expect(markup).to.include('<code>%%HOST%%</code>').and.not.include('macro:');
  });
});
