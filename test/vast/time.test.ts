import { expect } from 'chai';
import { offsetSeconds, parseOffset, parseTime, readDuration } from '../../src/vast/time.ts';

describe('parseTime', () => {
  it('reads hours, minutes, seconds and milliseconds', () => {
    expect(['00:00:15', ' 01:02:03.004 ', '00:00:30.5', '100:00:00'].map(parseTime)).to.deep.equal([15, 3723.004, 30.5, 360000]); // prettier-ignore
  });

  it('gives null for anything else', () => {
    const wrong = ['', '15', '0:00:15', '00:60:00', '00:00:60', '00:00', '00:00:15,5', '-00:00:15', '00:00:15.', '00:00:15.0001', 'x']; // prettier-ignore
    expect(wrong.map(parseTime)).to.deep.equal(wrong.map(() => null));
  });
});

describe('readDuration', () => {
  const READ: readonly (readonly [string, number | null])[] = [
    ['00:00:15', 15],
    ['01:02:03.004', 3723.004],
    ['90', 90],
    [' 15.5 ', 15.5],
    ['30s', 30],
    ['0', 0],
    ['0:15', 15],
    ['1:30', 90],
    ['0:00:15', 15],
    ['00:00:90', 90],
    ['00:75:00', 4500],
    ['00:00:15,5', 15.5],
    ['00:00:15.0001', 15.0001],
    ['00:00:15:12', 15],
    ['', null],
    ['-15', null],
    ['00:00:-1', null],
    ['PT15S', null],
    ['a minute', null],
    ['1:2:3:4:5', null],
    ['1e3', null],
    ['Infinity', null],
  ];
  for (const [text, seconds] of READ) {
    it(`reads "${text}" as ${seconds}`, () => expect(readDuration(text)).to.equal(seconds));
  }
});

describe('parseOffset', () => {
  it('reads times and percentages', () => {
    expect(parseOffset('00:00:05')).to.deep.equal({ kind: 'time', seconds: 5 });
    expect(parseOffset(' 12.5% ')).to.deep.equal({ kind: 'percent', percent: 12.5 });
  });

  it('gives null for anything else', () => {
    expect(['', '%', '101%', '-1%', '5', '1e1%', '5 %'].map(parseOffset)).to.deep.equal(Array(7).fill(null));
  });
});

describe('offsetSeconds', () => {
  it('turns a percentage of a duration into seconds', () => {
    expect(offsetSeconds({ kind: 'percent', percent: 25 }, 30)).to.equal(7.5);
    expect(offsetSeconds({ kind: 'percent', percent: 25 }, null)).to.equal(null);
    expect(offsetSeconds({ kind: 'time', seconds: 5 }, null)).to.equal(5);
  });
});
