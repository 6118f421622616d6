import { expect } from 'chai';
import { VMAP_RULES, validateVmap } from '../../src/validation/vmap-rules.ts';
import { readVmap } from '../../src/vast/vmap.ts';
import { adBreak, dataSource, tagSource, vmapOf } from '../support/vmap-text.ts';

const GOOD = vmapOf(
  adBreak(tagSource('https://a.example/v')),
  adBreak(dataSource('<VAST version="3.0"/>'), 'timeOffset="00:05:00" breakType="linear,nonlinear" breakId="mid"'),
  adBreak('<vmap:TrackingEvents><vmap:Tracking event="breakStart">https://t.example</vmap:Tracking></vmap:TrackingEvents>', 'timeOffset="end" breakType="display"'), // prettier-ignore
);

function found(text: string): readonly (readonly [string, number | null])[] {
  const read = readVmap(text);
  if (!read.ok) throw new Error(read.defect.message);
  return validateVmap(read.vmap).map(({ rule, line }) => [rule, line]);
}

const BROKEN: Readonly<Record<string, readonly string[]>> = {
  'vmap/namespace': [GOOD.replace('videosuite/vmap', 'vmap'), GOOD.replace(' xmlns:vmap="http://www.iab.net/videosuite/vmap"', '')], // prettier-ignore
  'vmap/version': [GOOD.replace(' version="1.0">', '>'), GOOD.replace('version="1.0">\n', 'version="2.0">\n')],
  'vmap/no-breaks': [vmapOf()],
  'vmap/time-offset': ['0:05', 'now', '#0', '#', '101%', '-00:01:00', '', '5'].map((offset) =>
    GOOD.replace('00:05:00', offset),
  ),
  'vmap/break-type': [GOOD.replace('linear,nonlinear', 'linear nonlinear'), GOOD.replace(' breakType="display"', '')],
  'vmap/break-repeated': [GOOD.replace('breakId="mid"', 'breakId="pre"')],
  'vmap/ad-source-empty': [
    GOOD.replace(/<vmap:AdTagURI.*?<.vmap:AdTagURI>/, ''),
    GOOD.replace('https://a.example/v', ' '),
  ],
  'vmap/ad-source-several': [vmapOf(adBreak(tagSource('u') + tagSource('v', 's2')))],
  'vmap/template-type': [GOOD.replace(' templateType="vast3"', ''), GOOD.replace('vast3', 'vast9')],
  'vmap/tracking-event': [GOOD.replace('breakStart', 'start'), GOOD.replace(' event="breakStart"', '')],
};

describe('validateVmap', () => {
  it('finds nothing in a good document, whatever the offsets', () => {
    for (const offset of ['00:05:00', '00:05:00.500', '0%', '100%', '12.5%', 'start', 'end', '#1', '#12']) {
      expect(found(GOOD.replace('00:05:00', offset)), offset).to.deep.equal([]);
    }
  });
  for (const { id } of VMAP_RULES) {
    it(`${id} finds what it is for, and where`, () => {
      const texts = BROKEN[id] ?? [];
      expect(texts).not.to.deep.equal([]);
      for (const text of texts) {
        const own = found(text).filter(([rule]) => rule === id);
        expect(own.length, text).to.be.greaterThan(0);
        expect(own.every(([, line]) => line !== null)).to.equal(true);
      }
    });
  }
});
