// Documents as ad servers send them: each reply has an id of its own, and that id stands in every URL of it.

const EVENTS = ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'mute', 'unmute', 'pause', 'resume'];
/** Of the MediaFiles of an InLine: height, kbps. */
const RENDITIONS = [240, 300, 360, 432, 480, 540, 576, 648, 720, 810, 900, 1080].map((height, index) => ({
  height,
  kbps: 400 + 250 * index,
}));

const COMPANIONS = [
  [300, 250],
  [728, 90],
] as const;

/** An id as it stands in URLs, 22 characters, never the same one again within a process. */
export function createIds(): () => string {
  let count = 0;
  const process = Math.floor(Math.random() * 36 ** 8).toString(36);
  return () => `${process}-${(++count).toString(36)}`.padEnd(22, '0');
}

function trackers(host: string, id: string): string {
  const tracking = EVENTS.map(
    (event) =>
      `<Tracking event="${event}"><![CDATA[https://${host}.example/v1/event?e=${event}&auction=${id}&cb=[CACHEBUSTING]&ts=[TIMESTAMP]]]></Tracking>`,
  );
  return `<TrackingEvents>\n${tracking.join('\n')}\n</TrackingEvents>`;
}

function impressions(host: string, id: string, count: number): string {
  return Array.from(
    { length: count },
    (_, index) =>
      `<Impression id="${host}-${index}"><![CDATA[https://${host}.example/v1/impression/${index}?auction=${id}&price=0.42&cb=[CACHEBUSTING]]]></Impression>`,
  ).join('\n');
}

function clicks(host: string, id: string): string {
  return `<ClickTracking id="${host}"><![CDATA[https://${host}.example/v1/click?auction=${id}&cb=[CACHEBUSTING]]]></ClickTracking>`;
}

/** A wrapper of 2.5 KB with 14 tracking URLs. */
export function wrapper(host: string, next: string, id: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<VAST version="4.1" xmlns="http://www.iab.com/VAST"><Ad id="${id}"><Wrapper followAdditionalWrappers="true">
<AdSystem version="1">${host}</AdSystem>
${impressions(host, id, 3)}
<Error><![CDATA[https://${host}.example/v1/error?auction=${id}&c=[ERRORCODE]]]></Error>
<VASTAdTagURI><![CDATA[${next}]]></VASTAdTagURI>
<Creatives><Creative><Linear>
${trackers(host, id)}
<VideoClicks>${clicks(host, id)}</VideoClicks>
</Linear></Creative></Creatives>
<Extensions><Extension type="auction"><Price model="CPM" currency="USD">0.42</Price><Auction id="${id}"/><Seat>seat-${host}</Seat></Extension></Extensions>
</Wrapper></Ad></VAST>`;
}

/** An InLine of 7 KB with 12 files, two companions and a verification script. */
export function inLine(id: string): string {
  const files = RENDITIONS.map(
    ({ height, kbps }) =>
      `<MediaFile delivery="progressive" type="video/mp4" width="${Math.round((height * 16) / 9)}" height="${height}" bitrate="${kbps}" codec="avc1.4d401e"><![CDATA[https://media.example/creative/4711/${height}/video.mp4?auction=${id}]]></MediaFile>`,
  );
  const companions = COMPANIONS.map(
    ([width, height]) =>
      `<Companion id="${width}" width="${width}" height="${height}"><StaticResource creativeType="image/png"><![CDATA[https://media.example/creative/4711/${width}x${height}.png]]></StaticResource><TrackingEvents><Tracking event="creativeView"><![CDATA[https://inline.example/v1/companion?auction=${id}]]></Tracking></TrackingEvents><CompanionClickThrough><![CDATA[https://advertiser.example/spring?auction=${id}&c=1]]></CompanionClickThrough></Companion>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<VAST version="4.1" xmlns="http://www.iab.com/VAST"><Ad id="${id}"><InLine>
<AdSystem version="1">inline</AdSystem>
${impressions('inline', id, 3)}
<Error><![CDATA[https://inline.example/v1/error?auction=${id}&c=[ERRORCODE]]]></Error>
<AdServingId>inline-${id}</AdServingId><AdTitle>A spot</AdTitle>
<Creatives><Creative id="1"><UniversalAdId idRegistry="ad-id.org">ABCD0001000H</UniversalAdId><Linear>
${trackers('inline', id)}
<Duration>00:00:15</Duration>
<MediaFiles>
${files.join('\n')}
</MediaFiles>
<VideoClicks><ClickThrough><![CDATA[https://advertiser.example/spring?auction=${id}]]></ClickThrough>${clicks('inline', id)}</VideoClicks>
</Linear></Creative><Creative id="2"><CompanionAds>
${companions.join('\n')}
</CompanionAds></Creative></Creatives>
<AdVerifications><Verification vendor="measurer.example-omid"><JavaScriptResource apiFramework="omid" browserOptional="true"><![CDATA[https://measurer.example/omid.js]]></JavaScriptResource><TrackingEvents><Tracking event="verificationNotExecuted"><![CDATA[https://measurer.example/v1/not?auction=${id}&r=[REASON]]]></Tracking></TrackingEvents><VerificationParameters><![CDATA[{"auction":"${id}","placement":"4711"}]]></VerificationParameters></Verification></AdVerifications>
</InLine></Ad></VAST>`;
}
