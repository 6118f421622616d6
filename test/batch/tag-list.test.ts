import { expect } from 'chai';
import { readTagList } from '../../src/batch/tag-list.ts';

const tagsOf = async (text: string): Promise<readonly (readonly [number, string])[]> =>
  (await readTagList(text, 200)).tags.map(({ line, tag }) => [line, tag]);

describe('readTagList', () => {
  it('takes one tag a line, blank lines and comments apart', async () => {
    expect(await tagsOf('\ufeff# mine\r\nhttps://a.example/?sz=1,2;3\r\n\r\n  https://b.example/ \nads.example/vast?x=1')).to.deep.equal([
      [2, 'https://a.example/?sz=1,2;3'],
      [4, 'https://b.example/'],
      [5, 'ads.example/vast?x=1'],
    ]); // prettier-ignore
  });

  it('takes documents and bids on a line of their own', async () => {
    const lines = ['<VAST version="4.2"><Ad id="a,b"/></VAST>', '{"adm":"<VAST/>","url":"https://a.example/"}'];
    expect(await tagsOf(lines.join('\n'))).to.deep.equal(lines.map((line, at) => [at + 1, line]));
  });

  for (const [what, delimiter] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const) {
    it(`finds the column of a table with ${what}`, async () => {
      const rows = [
        ['Line item', 'VAST URL', 'Notes'],
        ['one', '"https://a.example/?sz=1,2;3"', 'x'],
        ['two', 'https://b.example/', ''],
      ];
      expect(await tagsOf(rows.map((row) => row.join(delimiter)).join('\r\n'))).to.deep.equal([
        [2, 'https://a.example/?sz=1,2;3'],
        [3, 'https://b.example/'],
      ]);
    });
  }

  it('finds the tags of a table without headings', async () => {
    expect(await tagsOf('one,https://a.example/\ntwo,"https://b.example/?a=""1"", 2"')).to.deep.equal([
      [1, 'https://a.example/'],
      [2, 'https://b.example/?a="1", 2'],
    ]);
  });

  it('counts the lines of a cell that goes over several', async () => {
    expect(await tagsOf('note,url\n"one\ntwo",https://a.example/\nthree,https://b.example/')).to.deep.equal([
      [2, 'https://a.example/'],
      [4, 'https://b.example/'],
    ]);
  });

  it('takes no more than are wanted, and says how many there were', async () => {
    const { tags, beyond } = await readTagList('https://a.example/\n'.repeat(5), 3);
    expect([tags.length, beyond]).to.deep.equal([3, 2]);
  });

  it('finds nothing in nothing', async () => {
    for (const text of ['', '\n\n', '# only this', 'url\n', '""']) expect(await tagsOf(text), text).to.deep.equal([]);
  });

  describe('of a long text', () => {
    const ROWS = 5000;
    /** Rows of different lengths, so that pieces end everywhere in them. */
    const rows = Array.from({ length: ROWS }, (_, at) => `https://a.example/${'x'.repeat(at % 37)}?${at}`);
    const ENDS = { 'line feeds': '\n', both: '\r\n', 'carriage returns': '\r' };

    for (const [what, end] of Object.entries(ENDS)) {
      it(`knows the line of each tag, with ${what} between them`, async () => {
        const expected = rows.map((tag, at) => [at + 1, tag]);
        const all = async (text: string) => (await readTagList(text, Infinity)).tags;
        expect((await all(rows.join(end))).map(({ line, tag }) => [line, tag])).to.deep.equal(expected);
        const table = rows.map((tag, at) => (at % 3 === 0 ? `"a,${end}b",${tag}` : `a;b,"${tag}"`));
        const read = await all(['note,tag', ...table].join(end));
        expect(read.map(({ tag }) => tag)).to.deep.equal(rows);
        // each third row before it has two lines
        const lineOf = (at: number): number => 2 + at + Math.ceil(at / 3);
        expect(read.map(({ line }) => line)).to.deep.equal(rows.map((_, at) => lineOf(at)));
      });
    }

    it('gives the loop back again and again', async () => {
      for (const text of [
        rows.join('\n'),
        `tag\n${rows.join('\n')}`,
        '\n'.repeat(200_000),
        '"a","b"\n'.repeat(30_000),
      ]) {
        let turns = 0;
        let isRead = false;
        const count = (): void => {
          turns += 1;
          if (!isRead) setImmediate(count);
        };
        setImmediate(count);
        await readTagList(text, 200);
        isRead = true;
        expect(turns, text.slice(0, 20)).to.be.at.least(text.length / 100_000);
      }
    });

    it('passes over a row that no table has, counts it, and reads on', async () => {
      for (const long of ['x'.repeat(200_000), `"${'<a/>\n'.repeat(40_000)}"`]) {
        const { tags, beyond } = await readTagList(`note,tag\n${long},https://a.example/\ny,https://b.example/`, 200);
        expect(tags).to.deep.equal([{ line: 2 + long.split('\n').length, tag: 'https://b.example/' }]);
        expect(beyond).to.equal(1);
      }
    });
  });

  it('reads what is no table at all, in a time of its length', async () => {
    const spaces = [' ', '\t', '\r', '\v', '\u00a0'].map(
      (space) => `tag\n"${'a"'.repeat(200_000)}${space.repeat(400_000)},x`,
    );
    for (const text of ['"'.repeat(500_000), 'a,"\n'.repeat(200_000), '\t'.repeat(500_000), ...spaces]) {
      expect((await readTagList(text, 200)).tags.length).to.be.at.most(200);
    }
  });
});
