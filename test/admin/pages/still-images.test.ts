import { expect } from 'chai';
import { stillImages } from '../../../src/admin/pages/still-images.ts';
import { mergedResult } from '../../support/debug-run.ts';

describe('stillImages', () => {
  const inline = (creatives: string): string =>
    `<VAST version="4.2"><Ad id="i"><InLine><AdSystem>I</AdSystem><Creatives>${creatives}</Creatives></InLine></Ad></VAST>`;
  const companion = (resource: string): string =>
    `<Creative><CompanionAds><Companion width="300" height="250">${resource}</Companion></CompanionAds></Creative>`;

  it('lists what companions, overlays and icons show', () => {
    const text = inline(
      companion('<StaticResource creativeType="image/png"><![CDATA[https://c.example/a.png]]></StaticResource>') +
        companion('<StaticResource creativeType="text/javascript">https://c.example/a.js</StaticResource>') +
        companion('<IFrameResource>https://c.example/</IFrameResource>'),
    );
    expect(stillImages(mergedResult(undefined, text))).to.deep.equal([
      {
        url: 'https://c.example/a.png',
        type: 'image/png',
        delivery: 'Companion',
        width: 300,
        height: 250,
        bitrate: null,
        codec: null,
        apiFramework: null,
      },
    ]);
  });

  it('ends with what a page can hold, and is none where no ad was reached', () => {
    const many = companion('<StaticResource creativeType="image/png">https://c.example/a.png</StaticResource>');
    expect(stillImages(mergedResult(undefined, inline(many.repeat(60))))).to.have.lengthOf(50);
    expect(stillImages({ merged: null })).to.deep.equal([]);
  });
});
