const events = ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'mute', 'unmute', 'pause', 'resume'];

function trackers(host: string): string {
  const tracking = events.map(
    (event) =>
      `<Tracking event="${event}"><![CDATA[https://${host}.example/t?e=${event}&cb=[CACHEBUSTING]&ts=[TIMESTAMP]]]></Tracking>`,
  );
  return `<TrackingEvents>${tracking.join('\n')}</TrackingEvents>`;
}

const clicks = (host: string): string =>
  `<VideoClicks><ClickTracking id="${host}"><![CDATA[https://${host}.example/click?cb=[CACHEBUSTING]]]></ClickTracking></VideoClicks>`;

/** A wrapper of 2.5 KB. */
export function wrapper(host: string, next: string): string {
  return padded(
    `<?xml version="1.0" encoding="UTF-8"?>
<VAST version="4.1" xmlns="http://www.iab.com/VAST"><Ad id="${host}"><Wrapper followAdditionalWrappers="true">
<AdSystem version="1">${host}</AdSystem>
<Impression id="${host}"><![CDATA[https://${host}.example/imp?cb=[CACHEBUSTING]]]></Impression>
<Error><![CDATA[https://${host}.example/err?c=[ERRORCODE]]]></Error>
<VASTAdTagURI><![CDATA[${next}]]></VASTAdTagURI>
<Creatives><Creative><Linear>${trackers(host)}${clicks(host)}</Linear></Creative></Creatives>
</Wrapper></Ad></VAST>`,
    2500,
  );
}

/** An InLine of 7 KB. */
export function inLine(): string {
  const files = Array.from({ length: 12 }, (_, index) => {
    const height = 240 + 60 * index;
    return `<MediaFile delivery="progressive" type="video/mp4" width="${(height * 16) / 9}" height="${height}" bitrate="${400 + 250 * index}" codec="avc1.4d401e"><![CDATA[https://media.example/creative/4711/${height}/video.mp4]]></MediaFile>`;
  });
  return padded(
    `<?xml version="1.0" encoding="UTF-8"?>
<VAST version="4.1" xmlns="http://www.iab.com/VAST"><Ad id="4711"><InLine>
<AdSystem version="1">inline</AdSystem>
<Impression id="inline"><![CDATA[https://inline.example/imp?cb=[CACHEBUSTING]]]></Impression>
<Error><![CDATA[https://inline.example/err?c=[ERRORCODE]]]></Error>
<AdServingId>inline-4711</AdServingId><AdTitle>A spot</AdTitle>
<Creatives><Creative id="1"><Linear>${trackers('inline')}<Duration>00:00:15</Duration>
<MediaFiles>${files.join('\n')}</MediaFiles>${clicks('inline')}</Linear><UniversalAdId idRegistry="ad-id.org">ABCD0001000H</UniversalAdId></Creative></Creatives>
</InLine></Ad></VAST>`,
    7000,
  );
}

function padded(text: string, bytes: number): string {
  return text.replace('</VAST>', `<!-- ${'.'.repeat(Math.max(0, bytes - text.length - 9))} --></VAST>`);
}
