import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseCacheRules, readCacheRules, ruleFor, type CacheRules } from '../../src/cache/cache-rules.ts';

function mistakesOf(text: string): readonly string[] {
  const result = parseCacheRules(text);
  return result.ok ? [] : result.mistakes;
}

describe('parseCacheRules', () => {
  it('reads rules and fills in what is left out', () => {
    const text = '[{ "host": "*.Ads.Example", "ttlMs": 30000 }, { "host": "b.example", "ignoreQuery": ["cb"] }]';
    expect(parseCacheRules(text)).to.deep.equal({
      ok: true,
      rules: [
        { host: '*.ads.example', ttlMs: 30000, ignoreQuery: [] },
        { host: 'b.example', ttlMs: null, ignoreQuery: ['cb'] },
      ],
    });
  });

  it('names every mistake at once, with its place', () => {
    const text =
      '[{ "host": "https://a.example" }, 7, { "host": "a.example", "ttlMs": -1, "ignoreQuery": "cb", "ttl": 5 }]';
    const mistakes = mistakesOf(text);
    expect(mistakes).to.have.length(5);
    expect(mistakes[0]).to.match(/^rule 1: "host" must be a host name/);
    expect(mistakes[1]).to.match(/^rule 2 must be an object/);
    expect(mistakes[2]).to.match(/^rule 3: "ttlMs" must be .* 0 to 300000/);
    expect(mistakes[3]).to.match(/^rule 3: "ignoreQuery" must be a list/);
    expect(mistakes[4]).to.match(/^rule 3: "ttl" is not known/);
  });

  for (const text of ['', '{', '{}', 'null', '"a"']) {
    it(`refuses ${JSON.stringify(text)} with an example of what to write`, () => {
      expect(mistakesOf(text).join()).to.match(/list of rules, such as \[\{/);
    });
  }
});

describe('readCacheRules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cache-rules-'));
  after(() => rmSync(folder, { recursive: true }));

  it('reads a file, and says which one where it has mistakes', () => {
    const path = join(folder, 'rules.json');
    writeFileSync(path, '[{ "host": "*" }]');
    expect(readCacheRules(path)).to.have.property('ok', true);
    writeFileSync(path, '[1]');
    expect(readCacheRules(path)).to.deep.include({ ok: false }).and.have.nested.property('mistakes[0]').contains(path);
  });

  it('says so where there is no such file', () => {
    const result = readCacheRules(join(folder, 'none.json'));
    expect(result)
      .to.have.nested.property('mistakes[0]')
      .that.matches(/cannot be read \(ENOENT\)/);
  });
});

describe('ruleFor', () => {
  const rule = (host: string): CacheRules[number] => ({ host, ttlMs: null, ignoreQuery: [] });
  const rules = [rule('a.example'), rule('*.b.example'), rule('*')];

  for (const [hostname, host] of [
    ['a.example', 'a.example'],
    ['A.EXAMPLE.', 'a.example'],
    ['x.y.b.example', '*.b.example'],
    ['b.example', '*'],
    ['xb.example', '*'],
  ] as const) {
    it(`takes the first that matches: ${hostname} by ${host}`, () => {
      expect(ruleFor(hostname, rules)?.host).to.equal(host);
    });
  }

  it('is null where none matches', () => {
    expect(ruleFor('c.example', rules.slice(0, 2))).to.equal(null);
  });
});
