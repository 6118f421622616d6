import { expect } from 'chai';
import { readCacheControl } from '../../src/cache/cache-control.ts';

describe('readCacheControl', () => {
  const names = (header: string): readonly string[] => [...readCacheControl(header).names];

  it('reads directives in any case, with or without spaces and values', () => {
    expect(names('Public, MAX-AGE=60 ,no-transform')).to.deep.equal(['public', 'max-age', 'no-transform']);
    expect(readCacheControl('Max-Age = 60').seconds('max-age')).to.equal(60);
  });

  it('finds a directive behind a semicolon, which some servers write', () => {
    expect(names('max-age=60; Private')).to.deep.equal(['max-age', 'private']);
  });

  it('does not look for directives inside quotes', () => {
    expect(names('private="max-age=60, public", x="a\\"b, no-store"')).to.deep.equal(['private', 'x']);
  });

  for (const [header, seconds] of [
    ['public', null],
    ['max-age=60', 60],
    ['max-age="60"', 60],
    ['max-age=60, max-age=10, max-age=90', 10],
    ['max-age=60, max-age=never', 0],
    ['max-age=-1', 0],
    ['max-age=1e9', 0],
    ['max-age=1.5', 0],
    ['max-age', 0],
    ['max-age=', 0],
    ['max-age=999999999999999999999', 1e21],
  ] as const) {
    it(`takes ${seconds ?? 'nothing'} from ${header}`, () => {
      expect(readCacheControl(header).seconds('max-age')).to.equal(seconds);
    });
  }

  it('tells silence from speech', () => {
    expect(readCacheControl(' ').present).to.equal(false);
    expect(readCacheControl('public').present).to.equal(true);
  });

  it('stays linear on hostile headers', () => {
    for (const part of [' ', '=', '"', 'a ', 'a="', ',']) readCacheControl(part.repeat(8192));
  });
});
