import { expect } from 'chai';
import { createSlowSenders } from '../../src/overload/slow-senders.ts';

describe('createSlowSenders', () => {
  it('gives up who has been sending for longest, where there are too many, and never who came last', () => {
    const senders = createSlowSenders(2, 1000);
    const givenUp: number[] = [];
    const [, second] = [0, 1, 2].map((number) => senders.enter(() => givenUp.push(number)));
    expect(givenUp).to.deep.equal([0]);
    second!.leave();
    senders.enter(() => givenUp.push(3));
    expect(givenUp).to.deep.equal([0]);
    senders.enter(() => givenUp.push(4));
    expect(givenUp).to.deep.equal([0, 2]);
  });

  it('does the same where too much is held', () => {
    const senders = createSlowSenders(10, 100);
    const givenUp: string[] = [];
    const first = senders.enter(() => givenUp.push('first'));
    const second = senders.enter(() => givenUp.push('second'));
    first.hold(60);
    second.hold(40);
    expect(givenUp).to.deep.equal([]);
    second.hold(1);
    expect(givenUp).to.deep.equal(['first']);
    first.hold(1000);
    expect(givenUp, 'who has been given up holds nothing more').to.deep.equal(['first']);
    second.leave();
    second.leave();
    const third = senders.enter(() => givenUp.push('third'));
    third.hold(100);
    expect(givenUp).to.deep.equal(['first']);
  });
});
