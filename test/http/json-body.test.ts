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

describe('readJsonBody, whatever its bytes are', () => {
  const windows1251 = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc4, 0xe0, 0x22, 0x7d]);
  const json = '{"a":"Да"}';
  for (const [what, bytes, contentType, value, warnings] of [
    ['UTF-8 that says so', Buffer.from(json), 'application/json; charset=utf-8', 'Да', []],
    ['UTF-8 that calls itself something else', Buffer.from(json), 'application/json; charset=iso-8859-1', 'Да', []],
    ['U+FFFD itself', Buffer.from('{"a":"\ufffd"}'), null, '\ufffd', []],
    ['UTF-16', Buffer.from(json, 'utf16le'), null, 'Да', []],
    ['UTF-16 of ASCII alone', Buffer.from('{"a":"b"}', 'utf16le'), null, 'b', []],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${json}`, 'utf16le'), null, 'Да', []],
    [
      'another charset that is named',
      windows1251,
      'application/json; charset=windows-1251',
      'Да',
      [/the Content-Type header names the charset "windows-1251"/],
    ],
    ['another charset that is not', windows1251, 'application/json', '\ufffd\ufffd', [/each is U\+FFFD now/]],
    [
      'a letter that is cut',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xd0]), Buffer.from('"}')]),
      null,
      '\ufffd',
      [/U\+FFFD/],
    ],
    [
      'a wrong byte behind a mark',
      Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('{"a":"'), 0xff, 0x22, 0x7d]),
      null,
      '\ufffd',
      [/U\+FFFD/],
    ],
  ] as const) {
    it(`reads ${what}`, () => {
      const body = readJsonBody(bytes, contentType);
      expect(body.value).to.deep.equal({ a: value });
      expect(body.lossless().value).to.deep.equal({ a: value });
      expect(body.warnings).to.have.length(warnings.length);
      for (const [at, pattern] of warnings.entries()) expect(body.warnings[at]).to.match(pattern);
    });
  }
});

describe('readJsonBody, of many values', () => {
  it('reads what ordinary bodies come to', () => {
    const domains = Array.from({ length: 20_000 }, (_, at) => `a${at}.example`);
    const bids = Array.from({ length: 100 }, (_, id) => ({
      id,
      adomain: domains.slice(0, 1000),
      ext: { a: [{}, {}] },
    }));
    const body = { badv: domains, bcat: domains, bids: bids.slice(0, 5) };
    expect(readJsonBody(Buffer.from(JSON.stringify(body))).value).to.deep.equal(body);
  });

  for (const unit of ['{}', '[]', '0', '""', '[[]]', '{"a":0}', 'null']) {
    it(`refuses a megabyte of ${unit}`, () => {
      const bytes = Buffer.from(`{"imp":[${`${unit},`.repeat(2 ** 20 / (unit.length + 1))}0]}`);
      const refusal = expect(() => readJsonBody(bytes)).to.throw(RequestError, /at most 50000 values/);
      refusal.with.property('code', 'bad-json');
    });
  }
});

describe('readJsonPartly', () => {
  it('reads the rest', () => {
    const text = `{"response":{"seatbid":[{"bid":[{"id":"1","ext":${'['.repeat(3000)}${']'.repeat(3000)}},{"id":"2"}]}]}}`;
    const { body, cut } = readJsonPartly(Buffer.from(text));
    expect(body.value).to.have.nested.property('response.seatbid[0].bid[1].id', '2');
    expect(body.lossless().value).to.have.nested.property('response.seatbid[0].bid[1].id', '2');
    expect(cut).to.deep.equal([{ place: ['response', 'seatbid', 0, 'bid', 0], over: 'levels' }]);
  });

  it('reads the rest of what one bid fills with values, and refuses what others do', () => {
    const full = '{},'.repeat(200_000);
    const bids = (rest: string): Buffer =>
      Buffer.from(`{"response":{"seatbid":[{"bid":[{"id":"1","ext":[${full}0]},{"id":"2"}]}]}${rest}}`);
    const { body, cut } = readJsonPartly(bids(''));
    expect(body.value).to.have.deep.nested.property('response.seatbid[0].bid', [{ id: '1' }, { id: '2' }]);
    expect(cut).to.deep.equal([{ place: ['response', 'seatbid', 0, 'bid', 0], over: 'values' }]);
    expect(() => readJsonPartly(bids(`,"request":[${full}0]`))).to.throw(RequestError, /values/);
  });
});
