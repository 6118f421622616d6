import { expect } from 'chai';
import { lineDiff } from '../../../src/admin/pages/line-diff.ts';

describe('lineDiff', () => {
  it('shows what changed, with a sign, and a little of what stands round it', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `<E${at}/>`);
    const { markup } = lineDiff(lines.join('\n'), lines.with(10, '<New/>').join('\n'))!;
    expect(markup).to.include('<span class="removed">-&lt;E10/&gt;</span>').and.include('class="added">+&lt;New/&gt;');
    expect(markup).to.include(' &lt;E8/&gt;').and.not.include('&lt;E5/&gt;');
  });

  it('breaks up what stands on one line', () => {
    const document = (title: string): string =>
      `<VAST><Ad>${'<Impression>https://a.example/</Impression>'.repeat(12)}<AdTitle>${title}</AdTitle></Ad></VAST>`;
    const { markup } = lineDiff(document('old'), document('new'))!;
    expect(markup.match(/class="(added|removed)"/g)).to.have.lengthOf(2);
  });

  it('says nothing of what is the same, and gives up on what has nothing in common', () => {
    expect(lineDiff('<a/>', '<a/>')).to.equal(null);
    const other = (letter: string): string => Array.from({ length: 900 }, (_, at) => `${letter}${at}`).join('\n');
    expect(lineDiff(other('a'), other('b'))!.markup).to.include('too little in common');
  });
});
