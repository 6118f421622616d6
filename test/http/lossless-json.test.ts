import { expect } from 'chai';
import fc from 'fast-check';
import { parseLossless } from '../../src/http/lossless-json.ts';

const again = (text: string): string => {
  const { value, write } = parseLossless(text);
  return write(value);
};

describe('parseLossless', () => {
  it('writes every number as it was', () => {
    for (const text of [
      '{"price":1.10,"id":12345678901234567890,"list":[1e3,-0,5,0.5,-1.0,1E-7,1e+400],"s":"1.10","1.10":2.50}',
      '1.10',
      '[-0,0.0]',
      '{"s":"a\\\\\\"1.10","n":[1.0]}',
    ]) {
      expect(again(text)).to.equal(text);
    }
  });

  it('changes no other value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(again(text))).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('keeps the spelling whatever stands around it', () => {
    const spelling = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(spelling, fc.json())), (values) => {
        const text = `[${values.map((each) => (/^[-\d]/.test(each) ? each : JSON.stringify(JSON.parse(each)))).join(',')}]`;
        expect(again(text)).to.equal(text);
      }),
    );
  });

  it('takes no text for a number of its own', () => {
    const { value, write } = parseLossless('{"a":1.10,"b":"mark1.10\\"","mark9.0":"\\u006dark2.0"}', 'another');
    expect(write(value)).to.equal('{"a":1.10,"b":"mark1.10\\"","mark9.0":"mark2.0"}');
  });

  it('gives numbers that are kept by their spelling as text, so that they are no objects', () => {
    const { value } = parseLossless('{"ext":1.10,"n":1.5}');
    expect(value).to.have.property('ext').that.is.a('string');
    expect(value).to.have.property('n', 1.5);
  });
});
