import { expect } from 'chai';
import { offsetSeconds, parseOffset, parseTime } from '../../src/vast/time.ts';

describe('parseTime', () => {
  it('reads hours, minutes, seconds and milliseconds', () => {
    expect(['00:00:15', ' 01:02:03.004 ', '00:00:30.5', '100:00:00'].map(parseTime)).to.deep.equal([15, 3723.004, 30.5, 360000]); // prettier-ignore
  });

  it('gives null for anything else', () => {
    const wrong = ['', '15', '0:00:15', '00:60:00', '00:00:60', '00:00', '00:00:15,5', '-00:00:15', '00:00:15.', '00:00:15.0001', 'x']; // prettier-ignore
    expect(wrong.map(parseTime)).to.deep.equal(wrong.map(() => null));
  });
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
