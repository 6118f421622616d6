/** A tag that shows what the page can tell. Their hops are `data:` URIs, so that no other host is needed. */
export type SampleTag = { readonly id: string; readonly name: string; readonly tag: string };

const dataUri = (document: string): string => `data:text/xml,${encodeURIComponent(document)}`;

const inline = (media: string): string => `<VAST version="4.2" xmlns="http://www.iab.com/VAST">
  <Ad id="sample-1">
    <InLine>
      <AdSystem version="1.0">Sample Ad Server</AdSystem>
      <Error><![CDATA[https://inline.example/error?code=[ERRORCODE]]]></Error>
      <Impression><![CDATA[https://inline.example/impression]]></Impression>
      <AdServingId>sample-serving-1</AdServingId>
      <AdTitle>A walk in the hills</AdTitle>
      <Advertiser>Hill Walkers</Advertiser>
      <Creatives>
        <Creative id="c1">
          <Linear>
            <TrackingEvents>
              <Tracking event="start"><![CDATA[https://inline.example/start]]></Tracking>
              <Tracking event="firstQuartile"><![CDATA[https://inline.example/q1]]></Tracking>
              <Tracking event="midpoint"><![CDATA[https://inline.example/q2]]></Tracking>
              <Tracking event="thirdQuartile"><![CDATA[https://inline.example/q3]]></Tracking>
              <Tracking event="complete"><![CDATA[https://inline.example/complete]]></Tracking>
            </TrackingEvents>
            <Duration>00:00:15</Duration>
            <MediaFiles>
              ${media}
            </MediaFiles>
            <VideoClicks><ClickThrough><![CDATA[https://advertiser.example/]]></ClickThrough></VideoClicks>
          </Linear>
          <UniversalAdId idRegistry="ad-id.org">SMPL0001000H</UniversalAdId>
        </Creative>
      </Creatives>
    </InLine>
  </Ad>
</VAST>
`;

const wrapper = (name: string, next: string): string => `<VAST version="4.2" xmlns="http://www.iab.com/VAST">
  <Ad id="${name}">
    <Wrapper>
      <AdSystem>${name}</AdSystem>
      <Error><![CDATA[https://${name}.example/error?code=[ERRORCODE]]]></Error>
      <Impression><![CDATA[https://${name}.example/impression]]></Impression>
      <Creatives>
        <Creative>
          <Linear>
            <TrackingEvents>
              <Tracking event="start"><![CDATA[https://${name}.example/start]]></Tracking>
            </TrackingEvents>
          </Linear>
        </Creative>
      </Creatives>
      <VASTAdTagURI><![CDATA[${next}]]></VASTAdTagURI>
    </Wrapper>
  </Ad>
</VAST>
`;

const mp4 = `<MediaFile delivery="progressive" type="video/mp4" width="1280" height="720" bitrate="2400" codec="avc1.4d401f"><![CDATA[https://media.example/hills-720.mp4]]></MediaFile>
              <MediaFile delivery="progressive" type="video/mp4" width="1920" height="1080" bitrate="4800" codec="avc1.640028"><![CDATA[https://media.example/hills-1080.mp4]]></MediaFile>`;
const insecureFlash = `<MediaFile delivery="progressive" type="video/x-flv" width="320" height="240"><![CDATA[http://media.example/hills.flv]]></MediaFile>`;

export const SAMPLE_TAGS: readonly SampleTag[] = [
  {
    id: 'resolved',
    name: 'Two wrappers to an ad',
    tag: wrapper('reseller', dataUri(wrapper('exchange', dataUri(inline(mp4))))),
  },
  { id: 'rejected', name: 'An ad that no browser plays', tag: wrapper('reseller', dataUri(inline(insecureFlash))) },
  {
    id: 'no-ad',
    name: 'No ad at the end',
    tag: wrapper('reseller', dataUri('<VAST version="4.2" xmlns="http://www.iab.com/VAST"></VAST>')),
  },
  { id: 'broken', name: 'Broken XML', tag: inline(mp4).replace('</InLine>', '') },
  {
    id: 'unreachable',
    name: 'A host that does not exist',
    tag: wrapper('reseller', 'https://no-such-host.invalid/vast'),
  },
  { id: 'blocked', name: 'A private address', tag: wrapper('reseller', 'http://169.254.169.254/latest/meta-data/') },
];
