import { expect } from 'chai';
import { problemPage } from '../../../src/admin/pages/problem-page.ts';

describe('problemPage', () => {
  it('says what was wrong and what to do', () => {
    expect(problemPage('It is <gone>', 'Run it again.')).to.include('It is &lt;gone&gt;').and.include('Run it again.');
  });
});
