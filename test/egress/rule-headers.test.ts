import { expect } from 'chai';
import { readRuleHeaders } from '../../src/egress/rule-headers.ts';

const env = { TOKEN: ' canary-1\n', ID: 'canary-2', EMPTY: '', BROKEN: 'canary-3\r\nx: 1' };

describe('readRuleHeaders', () => {
  it('takes values from the environment, names in lower case', () => {
    const { headers, mistakes } = readRuleHeaders(
      { Authorization: 'Bearer ${TOKEN}', 'X-Ids': '${ID}/${ID}', 'x-plain': '$ID {ID} 5' },
      env,
    );
    expect(mistakes).to.deep.equal([]);
    expect(headers).to.deep.equal({
      authorization: 'Bearer canary-1',
      'x-ids': 'canary-2/canary-2',
      'x-plain': '$ID {ID} 5',
    });
  });

  it('knows credentials by their name, and by where their value comes from', () => {
    const areCredentials = (written: Readonly<Record<string, string>>): boolean =>
      readRuleHeaders(written, env).areCredentials;
    for (const name of ['Authorization', 'COOKIE', 'x-seat-token', 'api-key', 'X-ApiKey', 'x-client-secret']) {
      expect(areCredentials({ 'x-plain': '1', [name]: 'literal' }), name).to.equal(true);
    }
    for (const value of ['${TOKEN}', 'Seat ${ID}', '${ID}/${TOKEN}']) {
      expect(areCredentials({ 'x-auth': value, 'x-plain': '1' }), value).to.equal(true);
    }
    for (const written of [{}, { 'x-seat': '7' }, { 'x-plain': '$ID {ID} ${}' }]) {
      expect(areCredentials(written), JSON.stringify(written)).to.equal(false);
    }
  });

  it('names every mistake by its header, and no value', () => {
    const written = {
      'no name': 'canary-4',
      Host: 'canary-4',
      'Accept-Encoding': 'canary-4',
      'X-Twice': 'canary-4',
      'x-twice': 'canary-4',
      'x-number': 5,
      'x-unset': '${UNSET} canary-4',
      'x-empty': '${EMPTY}',
      'x-broken': '${BROKEN}',
      'x-emoji': 'canary-4 🙂',
    };
    const { mistakes } = readRuleHeaders(written, env);
    const patterns = [
      /"no name" is no name/,
      /"Host" is written by the service itself/,
      /"Accept-Encoding" is written/,
      /"x-twice" is there twice/,
      /"x-number" must be a text/,
      /"x-unset": the variable UNSET is not set/,
      /"x-empty": the variable EMPTY is not set/,
      /"x-broken": its value must be of printable ASCII/,
      /"x-emoji": its value must be/,
    ];
    expect(mistakes).to.have.length(patterns.length);
    patterns.forEach((pattern, index) => expect(mistakes[index]).to.match(pattern));
    expect(mistakes.join()).not.to.contain('canary');
  });
});
