import { expect } from 'chai';
import { placeLink } from '../../../src/admin/pages/place-link.ts';

describe('placeLink', () => {
  for (const [line, path, attributes, text] of [
    [7, '/VAST/Ad[1]', /href="#hop-1-line-7"\s+data-path="\/VAST\/Ad\[1\]"\s*>/, '>See hop 1, line 7</a>'],
    [7, null, /href="#hop-1-line-7"\s*>/, '>See hop 1, line 7</a>'],
    [null, null, /href="#hop-1"\s*>/, '>See hop 1</a>'],
  ] as const) {
    it(`leads to line ${line}, element ${path}`, () => {
      expect(placeLink({ hop: 1, line, path }, 'See ').markup)
        .to.match(attributes)
        .and.include(text);
    });
  }
});
