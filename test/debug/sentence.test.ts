import { expect } from 'chai';
import { clause, sentenceOf } from '../../src/debug/sentence.ts';

describe('sentenceOf', () => {
  it('makes sentences of messages, names left as they are', () => {
    expect(sentenceOf('the media is late.')).to.equal('The media is late.');
    expect(sentenceOf('it ends: truncated?')).to.equal('It ends: truncated?');
    for (const name of ['firstQuartile is twice', 'no-host.example: gone', '4 ads', 'VAST has no xmlns']) {
      expect(sentenceOf(name)).to.equal(`${name}.`);
    }
  });

  it('has a message as a part of a sentence, too', () => {
    expect(clause('it is late. ')).to.equal('it is late');
  });
});
