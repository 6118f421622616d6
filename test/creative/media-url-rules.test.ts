import { expect } from 'chai';
import { MEDIA_URL_RULES, parseMediaUrlRules } from '../../src/creative/media-url-rules.ts';

describe('MEDIA_URL_RULES', () => {
  it('end with what holds for all', () => {
    expect(MEDIA_URL_RULES.at(-1)).to.include({ host: '*' });
    expect(MEDIA_URL_RULES.filter(({ host }) => host === '*')).to.have.length(1);
  });
});

describe('parseMediaUrlRules', () => {
  it('puts the rules of the operator before those that are known', () => {
    const read = parseMediaUrlRules('[{ "host": "*.CDN.example", "query": ["file"], "opaque": false }]');
    expect(read.ok && read.rules[0]).to.deep.equal({
      host: '*.cdn.example',
      as: null,
      query: ['file'],
      after: [],
      from: null,
      skip: [],
      opaque: false,
    });
    expect(read.ok && read.rules.slice(1)).to.deep.equal(MEDIA_URL_RULES);
  });

  it('finds all mistakes at once', () => {
    const read = parseMediaUrlRules(
      JSON.stringify([
        { as: '' },
        { host: 'https://a', query: 'x', after: [1], from: 5, skip: null, opaque: 'yes', path: [] },
        7,
      ]),
    );
    const patterns = [
      /^rule 1: "host" must/,
      /^rule 1: "as" must/,
      /^rule 2: "host" must be a host name/,
      /^rule 2: "query" must be a list/,
      /^rule 2: "after" must/,
      /^rule 2: "from" must/,
      /^rule 2: "skip" must/,
      /^rule 2: "opaque" must be true or false/,
      /^rule 2: "path" is not known: the fields are host, as,/,
      /^rule 3 must be an object/,
    ];
    const mistakes = read.ok ? [] : read.mistakes;
    patterns.forEach((pattern, index) => expect(mistakes[index]).to.match(pattern));
    expect(mistakes).to.have.length(patterns.length);
    for (const text of ['', '{}', 'null']) expect(parseMediaUrlRules(text)).to.have.property('ok', false);
  });
});
