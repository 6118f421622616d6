import { expect } from 'chai';
import { readJsonBody, readJsonPartly } from '../../src/http/json-body.ts';
import { RequestError } from '../../src/http/problem.ts';

describe('readJsonBody', () => {
  const read = (text: string): unknown => readJsonBody(Buffer.from(text)).value;

  it('takes null for absent, at every depth', () => {
    expect(read('{"a":null,"b":{"c":null,"d":[{"e":null}]},"f":"null"}')).to.deep.equal({ b: { d: [{}] }, f: 'null' });
  });

  it('passes over a byte order mark, each time that it is read', () => {
    const body = readJsonBody(Buffer.from('\uFEFF{"a":1.10,"b":null}'));
    expect(body.value).to.deep.equal({ a: 1.1 });
    const { value, write } = body.lossless();
    expect(write(value)).to.equal('{"a":1.10,"b":null}');
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

describe('readJsonBody, of what is nested deep', () => {
  const nested = (levels: number, inside = 'null'): Buffer =>
    Buffer.from(`${'{"a":['.repeat(levels / 2)}${inside}${']}'.repeat(levels / 2)}`);

  it('reads a hundred levels, with and without a null in them', () => {
    for (const bytes of [nested(100), nested(100, '7')]) {
      expect(JSON.stringify(readJsonBody(bytes).value)).to.equal(bytes.toString());
    }
  });

  it('refuses more and says where, whatever stands inside', () => {
    const brackets = Buffer.from('['.repeat(1e6) + ']'.repeat(1e6));
    for (const bytes of [nested(102), nested(102, '7'), nested(100_000), brackets]) {
      const refusal = expect(() => readJsonBody(bytes)).to.throw(RequestError, /100 levels/);
      refusal.with.nested.property('errors[0].message', 'nested over 100 levels deep');
    }
  });
});

describe('readJsonPartly', () => {
  it('reads the rest', () => {
    const text = `{"response":{"seatbid":[{"bid":[{"id":"1","ext":${'['.repeat(3000)}${']'.repeat(3000)}},{"id":"2"}]}]}}`;
    const { body, cut } = readJsonPartly(Buffer.from(text));
    expect(body.value).to.have.nested.property('response.seatbid[0].bid[1].id', '2');
    expect(body.lossless().value).to.have.nested.property('response.seatbid[0].bid[1].id', '2');
    expect(cut).to.deep.equal([['response', 'seatbid', 0, 'bid', 0]]);
  });
});
