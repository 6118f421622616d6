import { expect } from 'chai';
import { readJsonBody } from '../../src/http/json-body.ts';
import { RequestError } from '../../src/http/problem.ts';

describe('readJsonBody', () => {
  const read = (text: string): unknown => readJsonBody(Buffer.from(text)).value;

  it('takes null for absent, at every depth', () => {
    expect(read('{"a":null,"b":{"c":null,"d":[{"e":null}]},"f":"null"}')).to.deep.equal({ b: { d: [{}] }, f: 'null' });
  });

  it('passes over a byte order mark, each time that it is read', () => {
    const body = readJsonBody(Buffer.from('\uFEFF{"a":1.10,"b":null}'));
    expect(body.value).to.deep.equal({ a: 1.1 });
    expect(JSON.stringify(body.lossless())).to.equal('{"a":1.10,"b":null}');
  });

  for (const [what, bytes] of [
    ['no JSON', Buffer.from('{"url":')],
    ['nothing', Buffer.alloc(0)],
    ['a byte order mark alone', Buffer.from('\uFEFF')],
    ['two byte order marks', Buffer.from('\uFEFF\uFEFF{}')],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ] as const) {
    it(`refuses ${what}`, () =>
      expect(() => readJsonBody(bytes))
        .to.throw(RequestError)
        .with.property('code', 'bad-json'));
  }
});
