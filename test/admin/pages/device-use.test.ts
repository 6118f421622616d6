import { expect } from 'chai';
import { deviceUse } from '../../../src/admin/pages/device-use.ts';
import type { Projection } from '../../../src/projection/project.ts';

const duplicate = { event: 'impression', url: 'https://t.example/<i>', hop: 0 };
const trackers: Projection['trackers'] = {
  total: 14,
  byHop: [
    {
      hop: 0,
      total: 14,
      byEvent: { 'linear.start': 2, impression: 7, a: 1, b: 1, c: 1, d: 1, e: 1 },
      byVendor: { 't.example': 14 },
    },
  ],
  byEvent: { impression: 7 },
  duplicates: 1,
  repeated: [duplicate],
  tooLong: [{ ...duplicate, url: `https://t.example/${'x'.repeat(2100)}`, length: 2118 }],
  overLimit: [{ event: 'impression', count: 7 }],
};
const ads: Projection['ads'] = [
  {
    usable: true,
    skipReason: null,
    files: [
      { url: 'https://m.example/a.mp4', misfit: null },
      { url: 'http://m.example/b.flv', misfit: 'type' },
    ],
  },
];
const projection: Projection = { usable: true, skipReason: null, ads, removed: [], trackers };
const draw = (changes: Partial<Projection> = {}): string =>
  deviceUse({ ...projection, ...changes }, 'ctv', [{ host: 'ssp.example' }]).markup.replaceAll(/\s+/g, ' ');

describe('deviceUse', () => {
  it('says of each file whether the device can use it, else why not', () => {
    expect(draw())
      .to.include('a connected TV can show the ad')
      .and.match(/a\.mp4<\/a> <span class="small">can be used/)
      .and.match(/b\.flv<\/a> <strong>is of a type that it does not play/);
  });

  it('says why an ad is skipped, by its place in a pod', () => {
    const skipped = { usable: false, skipReason: 'duplicate', files: [] } as const;
    expect(draw({ ads: [...ads, skipped] })).to.include('would not show ad 2: it was shown before it.');
  });

  it('says what each hop costs in trackers, by event and host, the most frequent first', () => {
    expect(draw())
      .to.include('call 14 URLs')
      .and.include('<td>impression 7, linear.start 2, a 1, b 1, 3 more</td>')
      .and.include('ssp.example')
      .and.include('<td>t.example 14</td>');
  });

  it('names exact duplicates, what is too long, and events with too many', () => {
    expect(draw())
      .to.include('Exact duplicates: 1')
      .and.include('https://t.example/&lt;i&gt;')
      .and.include('over 2 KB: 1')
      .and.include('7 trackers for <code>impression</code>');
  });
});
