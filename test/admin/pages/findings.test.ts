import { expect } from 'chai';
import { countFindings, findingsList } from '../../../src/admin/pages/findings.ts';
import type { Finding } from '../../../src/validation/finding.ts';

const finding = (changes: Partial<Finding> = {}): Finding => ({
  rule: 'topic/name',
  severity: 'error',
  vastError: 403,
  lossReason: null,
  hop: 1,
  path: '/VAST/Ad[1]',
  line: 7,
  message: 'It is <wrong>.',
  spec: 'VAST 4.3, 3.4.1',
  ...changes,
});

describe('findings', () => {
  it('lists the worst first, linked to the line', () => {
    const list = findingsList([finding({ severity: 'info', line: null }), finding()]).markup;
    expect(list.indexOf('Errors')).to.be.lessThan(list.indexOf('Notes'));
    expect(list).to.include('>hop 1, line 7</a>').and.include('<a href="#hop-1">hop 1</a>');
    expect(list).to.include('It is &lt;wrong&gt;.').and.include('VAST error 403').and.include('VAST 4.3, 3.4.1');
  });

  it('says why it matters and what to do, as its rule has it', () => {
    const { markup } = findingsList([finding({ rule: 'required/ad-title' })]);
    expect(markup).to.include('refuses an ad without one.').and.include('Give the ad a title.');
  });

  it('tells once what was found in several places', () => {
    const { markup } = findingsList([finding(), finding({ message: 'other' }), finding({ line: 9 })]);
    expect(markup.match(/<li>/g)).to.have.lengthOf(1);
    expect(markup).to.include('hop 1, line 7').and.include('hop 1, line 9').and.include('3 times').and.include('other');
  });

  it('folds the places where there are many', () => {
    const many = Array.from({ length: 14 }, (_, at) =>
      finding({ rule: 'url/too-long', line: at, message: `URL ${at}` }),
    );
    const { markup } = findingsList(many);
    expect(markup).to.match(/<summary[^>]*>All 14 places/);
    expect(markup).to.include('14 times').and.include('>A URL is longer than');
  });

  it('says of the whole chain that it is about that', () => {
    expect(findingsList([finding({ hop: null, path: null, line: null })]).markup).to.include('the whole chain');
  });

  it('folds notes beside what is worse', () => {
    const note = finding({ severity: 'info' });
    expect(findingsList([note, finding()]).markup).to.match(/<details\s*>/);
    expect(findingsList([note]).markup).to.match(/<details\s+open\s*>/);
  });

  it('counts', () => {
    expect(countFindings([finding(), finding(), finding({ severity: 'info' })])).to.equal('2 errors, 1 note');
    expect(countFindings([])).to.equal('no findings');
    expect(findingsList([]).markup).to.include('Nothing was found');
  });
});
