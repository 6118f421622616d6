import { expect } from 'chai';
import { readTagList } from '../../src/batch/tag-list.ts';

const tagsOf = (text: string): readonly (readonly [number, string])[] =>
  readTagList(text, 200).tags.map(({ line, tag }) => [line, tag]);

describe('readTagList', () => {
  it('takes one tag a line, blank lines and comments apart', () => {
    expect(tagsOf('\ufeff# mine\r\nhttps://a.example/?sz=1,2;3\r\n\r\n  https://b.example/ \nads.example/vast?x=1')).to.deep.equal([
      [2, 'https://a.example/?sz=1,2;3'],
      [4, 'https://b.example/'],
      [5, 'ads.example/vast?x=1'],
    ]); // prettier-ignore
  });

  it('takes documents and bids on a line of their own', () => {
    const lines = ['<VAST version="4.2"><Ad id="a,b"/></VAST>', '{"adm":"<VAST/>","url":"https://a.example/"}'];
    expect(tagsOf(lines.join('\n'))).to.deep.equal(lines.map((line, at) => [at + 1, line]));
  });

  for (const [what, delimiter] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const) {
    it(`finds the column of a table with ${what}`, () => {
      const rows = [
        ['Line item', 'VAST URL', 'Notes'],
        ['one', '"https://a.example/?sz=1,2;3"', 'x'],
        ['two', 'https://b.example/', ''],
      ];
      expect(tagsOf(rows.map((row) => row.join(delimiter)).join('\r\n'))).to.deep.equal([
        [2, 'https://a.example/?sz=1,2;3'],
        [3, 'https://b.example/'],
      ]);
    });
  }

  it('finds the tags of a table without headings', () => {
    expect(tagsOf('one,https://a.example/\ntwo,"https://b.example/?a=""1"", 2"')).to.deep.equal([
      [1, 'https://a.example/'],
      [2, 'https://b.example/?a="1", 2'],
    ]);
  });

  it('counts the lines of a cell that goes over several', () => {
    expect(tagsOf('note,url\n"one\ntwo",https://a.example/\nthree,https://b.example/')).to.deep.equal([
      [2, 'https://a.example/'],
      [4, 'https://b.example/'],
    ]);
  });

  it('takes no more than are wanted, and says how many there were', () => {
    const { tags, beyond } = readTagList('https://a.example/\n'.repeat(5), 3);
    expect([tags.length, beyond]).to.deep.equal([3, 2]);
  });

  it('finds nothing in nothing', () => {
    for (const text of ['', '\n\n', '# only this', 'url\n', '""']) expect(tagsOf(text), text).to.deep.equal([]);
  });

  it('reads what is no table at all, in a time of its length', () => {
    const spaces = [' ', '\t', '\r', '\v', '\u00a0'].map(
      (space) => `tag\n"${'a"'.repeat(200_000)}${space.repeat(400_000)},x`,
    );
    for (const text of ['"'.repeat(500_000), 'a,"\n'.repeat(200_000), '\t'.repeat(500_000), ...spaces]) {
      expect(readTagList(text, 200).tags.length).to.be.at.most(200);
    }
  });
});
