import { expect } from 'chai';
import * as creative from '../../src/vast/creative.ts';
import type { Element } from '../../src/vast/element.ts';
import { parseXml } from '../../src/vast/xml.ts';

function element(text: string): Element {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.defect.message);
  return parsed.root;
}

describe('creative', () => {
  it('finds creatives and linears in document order', () => {
    const body = element(
      '<InLine><Creatives><Creative id="1"><Linear><Duration>00:00:15</Duration></Linear></Creative><Creative id="2"/></Creatives><Creatives><Creative id="3"><Linear/></Creative></Creatives></InLine>',
    );
    expect(creative.creativesOf(body).map(({ attributes }) => attributes.get('id'))).to.deep.equal(['1', '2', '3']);
    expect(creative.linearsOf(body).map(creative.durationOf)).to.deep.equal([15, null]);
  });

  it('reads media files, mezzanines apart', () => {
    const linear = element(
      '<Linear><MediaFiles><Mezzanine/><MediaFile type="video/mp4" delivery="progressive" width="640" height="x" bitrate="500" codec="avc1">\n<![CDATA[https://m.example/a.mp4]]> </MediaFile></MediaFiles></Linear>',
    );
    expect(creative.mediaFileElements(linear).map(creative.readMediaFile)).to.deep.equal([
      {
        url: 'https://m.example/a.mp4',
        type: 'video/mp4',
        delivery: 'progressive',
        width: 640,
        height: null,
        bitrate: 500,
        codec: 'avc1',
        apiFramework: null,
      },
    ]);
  });

  it('reads a UniversalAdId in the manner of 4.0 and of later versions', () => {
    const found = element(
      '<Creative><UniversalAdId idRegistry="ad-id.org" idValue="A"/><UniversalAdId idRegistry="clearcast.co.uk">B</UniversalAdId><UniversalAdId/></Creative>',
    );
    expect(creative.universalAdIdsOf(found)).to.deep.equal([
      { idRegistry: 'ad-id.org', value: 'A' },
      { idRegistry: 'clearcast.co.uk', value: 'B' },
      { idRegistry: null, value: '' },
    ]);
  });

  it('finds verifications as elements and in extensions', () => {
    const body = element(
      '<InLine><AdVerifications><Verification vendor="a"/></AdVerifications><Extensions><Extension type="AdVerifications"><AdVerifications><Verification vendor="b"/></AdVerifications></Extension><Extension type="x"><AdVerifications><Verification vendor="c"/></AdVerifications></Extension></Extensions></InLine>',
    );
    expect(creative.verificationsOf(body).map(({ attributes }) => attributes.get('vendor'))).to.deep.equal(['a', 'b']);
  });

  it('reads numbers', () => {
    const texts = [' 5 ', '1.5', '0', '', 'x', '-1', '1e3', '0x1', null];
    expect(texts.map(creative.readNumber)).to.deep.equal([5, 1.5, 0, null, null, null, null, null, null]);
  });
});
