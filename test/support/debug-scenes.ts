import { Deadline } from '../../src/deadline.ts';
import type { HostReport, HostRow } from '../../src/hosts/host-table.ts';
import type { ServiceParts } from '../../src/service-parts.ts';
import { type FetchReply, type TagRequest, untraced } from '../../src/unwrap/ports.ts';
import type { Exchange, Phases } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { portsOver } from './ports.ts';

// Ad servers with names and exact timings for the pages in a browser: what is seen is the same in every run.

type Answer = {
  readonly body?: string;
  /** dns, tcp, tls, ttfb, download in ms; three are left out on a kept connection. */
  readonly ms: readonly [number, number, number, number, number] | readonly [number, number];
  readonly redirect?: string;
  readonly fails?: 'timeout' | 'dns';
};

const wrapper = (
  system: string,
  next: string,
  more = '',
): string => `<VAST version="4.2" xmlns="http://www.iab.com/VAST">
  <Ad id="${system.toLowerCase()}-71">
    <Wrapper>
      <AdSystem version="2.1">${system}</AdSystem>
      <Error><![CDATA[https://track.${system.toLowerCase()}.example/error?code=[ERRORCODE]]]></Error>
      <Impression><![CDATA[https://track.${system.toLowerCase()}.example/impression?cb=[CACHEBUSTING]]]></Impression>
      <Creatives>
        <Creative>
          <Linear>
            <TrackingEvents>
              <Tracking event="start"><![CDATA[https://track.${system.toLowerCase()}.example/start]]></Tracking>
              <Tracking event="complete"><![CDATA[https://track.${system.toLowerCase()}.example/complete]]></Tracking>
            </TrackingEvents>
            ${more}
          </Linear>
        </Creative>
      </Creatives>
      <VASTAdTagURI><![CDATA[${next}]]></VASTAdTagURI>
    </Wrapper>
  </Ad>
</VAST>
`;

type Words = { readonly title: string; readonly advertiser: string; readonly media: string; readonly click: string };

const MP4 = `<MediaFile delivery="progressive" type="video/mp4" width="1920" height="1080" bitrate="4200" codec="avc1.640028"><![CDATA[https://cdn.adserver.example/spots/winter-1080.mp4]]></MediaFile>
              <MediaFile delivery="progressive" type="video/mp4" width="1280" height="720" bitrate="2400" codec="avc1.4d401f"><![CDATA[https://cdn.adserver.example/spots/winter-720.mp4]]></MediaFile>`;

const inline = ({ title, advertiser, media, click }: Words): string => `<?xml version="1.0" encoding="UTF-8"?>
<VAST version="4.2" xmlns="http://www.iab.com/VAST">
  <Ad id="spot-2210" adType="video">
    <InLine>
      <AdSystem version="9">Adserver</AdSystem>
      <Error><![CDATA[https://track.adserver.example/error?code=[ERRORCODE]]]></Error>
      <Impression id="own"><![CDATA[https://track.adserver.example/impression]]></Impression>
      <Pricing model="CPM" currency="EUR"><![CDATA[12.40]]></Pricing>
      <AdServingId>b0a1c2d3-serving</AdServingId>
      <AdTitle><![CDATA[${title}]]></AdTitle>
      <Advertiser><![CDATA[${advertiser}]]></Advertiser>
      <Category authority="https://iabtechlab.com">IAB19-6</Category>
      <Creatives>
        <Creative id="c-1" sequence="1">
          <Linear>
            <TrackingEvents>
              <Tracking event="start"><![CDATA[https://track.adserver.example/start]]></Tracking>
              <Tracking event="firstQuartile"><![CDATA[https://track.adserver.example/q1]]></Tracking>
              <Tracking event="midpoint"><![CDATA[https://track.adserver.example/q2]]></Tracking>
              <Tracking event="thirdQuartile"><![CDATA[https://track.adserver.example/q3]]></Tracking>
              <Tracking event="complete"><![CDATA[https://track.adserver.example/complete]]></Tracking>
            </TrackingEvents>
            <Duration>00:00:15</Duration>
            <MediaFiles>
              ${media}
            </MediaFiles>
            <VideoClicks>
              <ClickThrough><![CDATA[${click}]]></ClickThrough>
            </VideoClicks>
          </Linear>
          <UniversalAdId idRegistry="ad-id.org">WNTR0115000H</UniversalAdId>
        </Creative>
      </Creatives>
    </InLine>
  </Ad>
</VAST>
`;

const winter = {
  title: 'Winter jackets, 15 s',
  advertiser: 'Nordwind',
  media: MP4,
  click: 'https://nordwind.example/',
};

/** Nothing in it may do anything, or change how the page is read. */
const HOSTILE: Words = {
  title: '</title></script><script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">',
  advertiser: 'moc.live \u202eelpmaxe.doog\u202c & Söhne 広告主',
  media: `<MediaFile delivery="progressive" type="video/mp4" width="1" height="1"><![CDATA[javascript:window.pwned=1//]]></MediaFile>`,
  click: 'javascript:window.pwned=1',
};

const DEEP = 20;

const ANSWERS: Readonly<Record<string, Answer>> = {
  'https://ssp.example/vast': {
    ms: [1.2, 4.1, 6.3, 5.2, 0.9],
    body: wrapper('Exchange', 'https://dsp.example/tag?id=44&cb=[CACHEBUSTING]'),
  },
  'https://dsp.example/tag': { ms: [0.9, 3.6, 5.8, 3.1, 0], redirect: 'https://eu.dsp.example/tag' },
  'https://eu.dsp.example/tag': { ms: [8.4, 1.1], body: wrapper('Dsp', 'https://adserver.example/spot/2210') },
  'https://adserver.example/spot/2210': { ms: [1.4, 5.2, 7.7, 6.1, 2.6], body: inline(winter) },

  'https://slow.example/vast': {
    ms: [1.2, 4.1, 6.3, 5.2, 0.9],
    body: wrapper('Exchange', 'https://verification.slow-vendor.example/wrap?c=9'),
  },
  'https://verification.slow-vendor.example/wrap': {
    ms: [18, 24, 31, 268, 4],
    body: wrapper('Verifier', 'https://adserver.example/spot/2210'),
  },

  'https://hostile.example/vast': {
    ms: [1, 3, 5, 6, 1],
    body: wrapper(
      'Exchange',
      'https://hostile.example/inline',
      '<!-- </pre></script> ]]&gt; --><VideoClicks><ClickTracking>javascript:alert(1)</ClickTracking></VideoClicks>',
    ),
  },
  'https://hostile.example/inline': { ms: [4, 1], body: inline(HOSTILE) },

  'https://rejected.example/vast': {
    ms: [1.2, 4.1, 6.3, 5.2, 0.9],
    body: wrapper('Exchange', 'https://rejected.example/inline'),
  },
  'https://rejected.example/inline': {
    ms: [7.2, 1.4],
    body: inline({
      title: 'Wintermäntel für die ganze Familie – jetzt günstig',
      advertiser: '株式会社北風',
      media:
        '<MediaFile delivery="progressive" type="video/x-flv" width="320" height="240"><![CDATA[http://cdn.adserver.example/alt/mantel.flv]]></MediaFile>',
      click: 'https://nordwind.example/',
    }),
  },

  'https://late.example/vast': {
    ms: [1.2, 4.1, 6.3, 5.2, 0.9],
    body: wrapper('Exchange', 'https://hanging.example/vast'),
  },
  'https://hanging.example/vast': { ms: [2, 9, 14, 4957, 0], fails: 'timeout' },

  ...Object.fromEntries(
    Array.from({ length: DEEP }, (_, at) => [
      `https://reseller-${at}.example/a/rather/long/path/that/has/to/be/wrapped/somewhere/${at}`,
      {
        ms: [0.8, 2.1, 3.2, 2.4 + (at % 5), 0.4],
        body:
          at === DEEP - 1
            ? inline(winter)
            : wrapper(
                `Reseller${at}`,
                `https://reseller-${at + 1}.example/a/rather/long/path/that/has/to/be/wrapped/somewhere/${at + 1}`,
              ),
      } satisfies Answer,
    ]),
  ),
};

/** Tags to paste, by what is then seen. */
export const SCENES = {
  resolved: 'https://ssp.example/vast?placement=7',
  slow: 'https://slow.example/vast?placement=7',
  hostile: 'https://hostile.example/vast',
  rejected: 'https://rejected.example/vast',
  late: 'https://late.example/vast',
  deep: 'https://reseller-0.example/a/rather/long/path/that/has/to/be/wrapped/somewhere/0',
} as const;

/** The unwrap of the service over these ad servers, on a clock that only they move. */
export const unwrapScenes: ServiceParts['unwrap'] = async (request, { budgetMs, startedAt }) => {
  let now = startedAt;
  const deadline = Deadline.after(budgetMs, () => now, startedAt);
  const fetch = (asked: TagRequest): Promise<FetchReply> => {
    const exchanges: Exchange[] = [];
    for (let url = asked.url; ;) {
      const answer = ANSWERS[url.split('?')[0]!] ?? { ms: [2, 0, 0, 0, 0], fails: 'dns' };
      exchanges.push(exchangeOf(url, answer, now));
      now = exchanges.at(-1)!.endedAt;
      if (answer.redirect !== undefined) {
        url = answer.redirect;
        continue;
      }
      if (answer.fails !== undefined) {
        const message = answer.fails === 'timeout' ? 'no reply within the deadline' : 'the name does not exist';
        return Promise.resolve({ exchanges, outcome: { ok: false, failure: { reason: answer.fails, message } } });
      }
      const headers = { 'content-type': 'application/xml; charset=utf-8' };
      const body = Buffer.from(answer.body ?? '');
      return Promise.resolve({ exchanges, outcome: { ok: true, url, httpStatus: 200, headers, body } });
    }
  };
  try {
    return await unwrap(request, deadline, portsOver({}, { fetch }), untraced);
  } finally {
    deadline.cancel();
  }
};

function exchangeOf(url: string, { ms, redirect, fails, body }: Answer, startedAt: number): Exchange {
  const phases: Phases =
    ms.length === 2
      ? { dns: null, tcp: null, tls: null, ttfb: ms[0], download: ms[1] }
      : { dns: ms[0], tcp: ms[1], tls: ms[2], ttfb: ms[3], download: ms[4] };
  return {
    url,
    host: new URL(url).host,
    startedAt,
    endedAt: startedAt + ms.reduce((sum, each) => sum + each, 0),
    phases,
    reused: ms.length === 2,
    peerAddress: fails === 'dns' ? null : '203.0.113.7',
    httpStatus: fails !== undefined ? null : redirect === undefined ? 200 : 302,
    headers:
      fails !== undefined
        ? {}
        : redirect === undefined
          ? { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'no-store', server: 'nginx' }
          : { location: redirect },
    bytes: body?.length ?? 0,
    ownDelayMs: 0,
    error: fails ?? null,
  };
}

const hostRow = (host: string, over: Partial<HostRow>): HostRow => ({
  host,
  calls: 4210,
  p50Ms: 11,
  p95Ms: 24,
  p99Ms: 38,
  timeouts: 0,
  errors: 0,
  bytes: 8_400_000,
  waitingMs: 51_000,
  waitingShare: 0.07,
  chainsHurt: 0,
  skipped: 0,
  phasesMs: { dns: 0.2, tcp: 0.6, tls: 0.9, ttfb: 8.2, download: 1.1 },
  breaker: 'closed',
  lastSeen: '2026-11-21T08:30:00.000Z',
  series: [22, 25, 23, 24, 26, 24],
  ...over,
});

const HOSTS: readonly HostRow[] = [
  hostRow('verification.slow-vendor.example', {
    calls: 1904,
    p50Ms: 62,
    p95Ms: 340,
    p99Ms: 980,
    timeouts: 212,
    chainsHurt: 240,
    skipped: 1311,
    waitingShare: 0.614,
    phasesMs: { dns: 9, tcp: 14, tls: 18, ttfb: 44, download: 2 },
    breaker: 'half-open',
    series: [88, 120, 140, 260, 310, 340],
  }),
  hostRow('dsp.example', {
    calls: 6822,
    p50Ms: 18,
    p95Ms: 41,
    p99Ms: 77,
    errors: 12,
    chainsHurt: 12,
    waitingShare: 0.172,
    series: [40, 42, 39, null, 44, 41],
  }),
  hostRow('ssp.example', { calls: 9930, waitingShare: 0.121 }),
  hostRow('adserver.example', { p50Ms: 9.4, p95Ms: 19, waitingShare: 0.093, bytes: 22_100_000 }),
];

/** A table of hosts in which one is slow. */
export const hostScenes: ServiceParts['hostReports'] = {
  sorts: ['waitingShare', 'calls', 'p50Ms', 'p95Ms', 'p99Ms', 'timeouts', 'errors', 'bytes', 'chainsHurt'],
  report: ({ filter = '' }): HostReport => ({ window: '5m', hosts: HOSTS.filter(({ host }) => host.includes(filter)) }),
};
