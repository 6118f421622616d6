import { expect } from 'chai';
import fc from 'fast-check';
import Papa from 'papaparse';
import { batchCsv } from '../../src/batch/batch-csv.ts';
import { batchRow } from '../../src/batch/batch-row.ts';
import { debugRun } from '../support/debug-run.ts';

const row = batchRow({ line: 1, tag: 'https://a.example/?sz=1,2&q="x"' }, debugRun());

describe('batchCsv', () => {
  it('has a heading and a line for each row, cells quoted where they must be', () => {
    const [heading, line, end] = batchCsv([row]).split('\r\n');
    expect(heading).to.match(/^line,tag,status,/);
    expect(line).to.match(/^1,"https:\/\/a\.example\/\?sz=1,2&q=""x""",resolved,/);
    expect(end).to.equal('');
  });

  it('holds no formula, however it begins', () => {
    const begun = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' =', '\u00a0@', '＝', '＠');
    fc.assert(
      fc.property(begun, fc.string(), fc.constantFrom('adTitle', 'advertiser', 'host', 'tag'), (sign, rest, column) => {
        const text = batchCsv([{ ...row, [column]: `${sign}${rest}` }]);
        const { data } = Papa.parse<Record<string, string>>(text, { header: true, delimiter: ',', newline: '\r\n' });
        expect(data[0]![column]).to.equal(`'${sign}${rest}`);
      }),
    );
  });

  it('gives every cell back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (rest) => {
        const { data } = Papa.parse<Record<string, string>>(batchCsv([{ ...row, adTitle: `x${rest}` }]), {
          header: true,
          delimiter: ',',
          newline: '\r\n',
        });
        expect(data[0]!['adTitle']).to.equal(`x${rest}`);
      }),
    );
  });
});
