import { randomBytes } from 'node:crypto';

// Documents of the sizes that ad servers send.

const EVENTS = ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'mute', 'unmute', 'pause', 'resume'];

const tracking = (host: string): string =>
  EVENTS.map(
    (event) =>
      `<Tracking event="${event}"><![CDATA[https://${host}.example/t?e=${event}&cb=[CACHEBUSTING]]]></Tracking>`,
  ).join('\n');

/** About 2.5 KB. */
export function wrapperOf(next: string, host: string): string {
  return padded(
    `<VAST version="4.1"><Ad id="${host}"><Wrapper><AdSystem>${host}</AdSystem><Impression><![CDATA[https://${host}.example/i]]></Impression>
<VASTAdTagURI><![CDATA[${next}]]></VASTAdTagURI><Creatives><Creative><Linear><TrackingEvents>${tracking(host)}</TrackingEvents></Linear></Creative></Creatives></Wrapper></Ad></VAST>`,
    2500,
  );
}

/** About 7 KB. */
export function inLineOf(id: string): string {
  const files = Array.from(
    { length: 12 },
    (_, index) =>
      `<MediaFile delivery="progressive" type="video/mp4" width="640" height="360" bitrate="${400 + 250 * index}" codec="avc1.4d401e"><![CDATA[https://media.example/${id}/${index}/video.mp4]]></MediaFile>`,
  );
  return padded(
    `<VAST version="4.1"><Ad id="${id}"><InLine><AdSystem>S</AdSystem><AdTitle>A spot</AdTitle><AdServingId>${id}</AdServingId><Impression><![CDATA[https://inline.example/i]]></Impression>
<Creatives><Creative><UniversalAdId idRegistry="ad-id.org">ABCD0001000H</UniversalAdId><Linear><Duration>00:00:15</Duration><TrackingEvents>${tracking('inline')}</TrackingEvents><MediaFiles>${files.join('\n')}</MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`,
    7000,
  );
}

/** Identifiers, such as fill tracking URLs, and which nobody can make smaller. */
function padded(text: string, bytes: number): string {
  const length = Math.max(0, bytes - text.length - 9);
  return text.replace('</VAST>', `<!-- ${randomBytes(length / 2).toString('hex')} --></VAST>`);
}
