import { expect } from 'chai';
import fc from 'fast-check';
import { genericUserAgent } from '../../src/openrtb/generic-user-agent.ts';

const CASES: readonly (readonly [string, string])[] = [
  [
    'Mozilla/5.0 (Linux; Android 13; SM-S918B Build/TP1A.220624.014) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.6367.82 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.0 (KHTML, like Gecko) Chrome/124.0 Mobile Safari/537.0',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17) AppleWebKit/605.0 (KHTML, like Gecko) Version/17.0 Mobile/15.0 Safari/604.0',
  ],
  [
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.5) AppleWebKit/537.36',
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6) AppleWebKit/537.0',
  ],
  ['Dalvik/2.1.0 (Linux; U; Android 9; AFTMM Build/PS7633.3445N)', 'Dalvik/2.0 (Linux; U; Android 9)'],
  ['Roku/DVP-12.5 (12.5.0.4178-88)', 'Roku'],
  ['AppleTV11,1/16.1', 'AppleTV/16.0'],
  ['Player/3.2 (Android 9; Foo(bar) Build/X; Linux)', 'Player/3.0 (Android 9; Linux)'],
  ['Player (serial 123456', 'Player'],
  ['', ''],
];

describe('genericUserAgent', () => {
  it('leaves platform and first numbers of versions, and nothing of one device', () => {
    for (const [userAgent, generic] of CASES) expect(genericUserAgent(userAgent)).to.equal(generic);
  });

  it('is the same again of its own result, for whatever text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const once = genericUserAgent(text);
        expect(genericUserAgent(once)).to.equal(once);
      }),
    );
  });

  it('keeps no number of more than four digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z(/;) 0-9.]{0,80}$/), (text) => {
        expect(genericUserAgent(text)).not.to.match(/\d{5}/);
      }),
    );
  });
});
