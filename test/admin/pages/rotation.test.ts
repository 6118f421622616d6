import { expect } from 'chai';
import { rotationForm, rotationSummary } from '../../../src/admin/pages/rotation.ts';
import { rotationOf, rotationRun } from '../../../src/batch/rotation.ts';
import { hopReport, unwrapResult } from '../../support/unwrap-result.ts';

const run = (host: string) => rotationRun(unwrapResult({ hops: [hopReport({ host })] }));

describe('rotationSummary', () => {
  it('says what one run would have missed, and how often each thing came', () => {
    const { markup } = rotationSummary(rotationOf([run('a.example'), run('a.example'), run('<b>.example')]));
    expect(markup)
      .to.include('2 chains of hosts came')
      .and.include('2 of 3')
      .and.include('&lt;b&gt;.example')
      .and.not.include('<b>');
  });

  it('says so where all runs were alike', () => {
    expect(rotationSummary(rotationOf([run('a.example'), run('a.example')])).markup).to.include(
      'all 2 runs were alike',
    );
    expect(rotationSummary(rotationOf([])).markup).to.include('No run has ended yet');
  });
});

describe('rotationForm', () => {
  it('asks for 2 to 50', () => {
    expect(rotationForm('x').markup).to.match(/action="\/debug\/r\/x\/rotate"[^]*min="2"\s+max="50"/);
  });
});
