import { expect } from 'chai';
import { defectAt } from '../../src/vast/defect.ts';

describe('defectAt', () => {
  it('counts lines and columns from 1', () => {
    const text = 'a\nbc\r\nd';
    const places = [0, 1, 2, 4, 6, 7].map((offset) => defectAt(text, offset, 'm'));
    expect(places.map(({ line, column }) => [line, column])).to.deep.equal([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 1],
      [3, 2],
    ]);
  });

  it('is about XML unless said otherwise', () => {
    expect(defectAt('', 0, 'm')).to.deep.equal({ code: 100, message: 'm', line: 1, column: 1, errorUrls: [] });
    expect(defectAt('', 0, 'm', 102, ['u'])).to.deep.include({ code: 102, errorUrls: ['u'] });
  });
});
