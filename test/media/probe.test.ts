import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createEgress, type Egress } from '../../src/egress/egress.ts';
import { createFetchBytes } from '../../src/egress/fetch-bytes.ts';
import { createMediaReader } from '../../src/media/media-reader.ts';
import { createProbe, type Probe } from '../../src/media/probe.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { exchange } from '../support/exchange.ts';
import { mediaFile, needFfmpeg, ranged, type TestFile } from '../support/media.ts';

describe('probe', () => {
  const reader = createMediaReader(5000);
  let egress: Egress;
  let server: AdServer;
  let probe: Probe;

  before(function () {
    needFfmpeg(this);
    for (const [name] of cases) mediaFile(name);
    mediaFile('large.mp4');
  });

  before(async () => {
    const settings = {
      allow: ['127.0.0.1'],
      ports: [80],
      client: 'got',
      maxDocumentBytes: 65_536,
      userAgent: 'test',
    } as const;
    // as on a machine that nobody else uses
    egress = createEgress(settings, { ownDelay: { nowMs: () => 0, totalMs: () => 0 } });
    probe = createProbe(createFetchBytes('test', egress.send), reader);
    server = await startAdServer();
  });

  after(async () => {
    reader.close();
    egress.close();
    await server[Symbol.asyncDispose]();
  });

  const look = async (path: string, ms = 5000, onReading = (_: boolean): void => {}): ReturnType<Probe> => {
    const deadline = Deadline.after(ms);
    const probed = await probe(server.base + path, deadline, onReading);
    deadline.cancel();
    return probed;
  };

  const serve = (name: TestFile, contentType?: string): string => {
    server.route(`/${name}`, ranged(mediaFile(name), contentType));
    return `/${name}`;
  };

  const video = { width: 160, height: 90, frameRate: 25, videoCodec: 'avc1.64000b', hasVideo: true };
  const sound = { audioCodec: 'mp4a.40.2', hasAudio: true };
  const none = { width: null, height: null, frameRate: null, videoCodec: null, hasVideo: false };
  const silence = { audioCodec: null, hasAudio: false };
  const cases: readonly (readonly [TestFile, object])[] = [
    ['moov-first.mp4', { type: 'video/mp4', fastStart: true, ...video, ...sound }],
    ['moov-last.mp4', { type: 'video/mp4', fastStart: false, ...video, ...sound }],
    ['fragmented.mp4', { type: 'video/mp4', fastStart: true, ...video, ...sound }],
    ['silent.mp4', { type: 'video/mp4', fastStart: true, ...video, ...silence }],
    ['clip.mov', { type: 'video/quicktime', fastStart: false, ...video, ...sound }],
    ['clip.webm', { type: 'video/webm', fastStart: null, ...video, videoCodec: 'vp8', ...silence }],
    ['clip.ts', { type: 'video/mp2t', fastStart: null, ...video, ...sound }],
    ['tone.m4a', { type: 'audio/mp4', fastStart: false, ...none, ...sound }],
    ['tone.mp3', { type: 'audio/mpeg', fastStart: null, ...none, audioCodec: 'mp3', hasAudio: true }],
    ['tone-without-index.mp3', { type: 'audio/mpeg', fastStart: null, ...none, audioCodec: 'mp3', hasAudio: true }],
    ['tone.aac', { type: 'audio/aac', fastStart: null, ...none, ...sound }],
  ];

  for (const [name, expected] of cases) {
    it(`reads ${name}`, async () => {
      const { verdict } = await look(serve(name));
      expect(verdict).to.include({ outcome: 'read', message: null, httpStatus: 206, ranges: true, ...expected });
      const file = mediaFile(name);
      expect(verdict.size).to.equal(file.length);
      const head = createHash('sha256').update(file.subarray(0, 65_536)).digest('hex');
      expect(verdict.contentHash).to.equal(head);
      expect(verdict.durationSec).to.be.closeTo(2, 0.15);
      expect(verdict.bitrate).to.equal(Math.round((verdict.size! * 8) / verdict.durationSec! / 1000));
    });
  }

  for (const [name, type] of [
    ['still.png', 'image/png'],
    ['still.jpg', 'image/jpeg'],
  ] as const)
    it(`reads ${name}`, async () => {
      const { verdict } = await look(serve(name));
      expect(verdict).to.include({ outcome: 'read', message: null, type, width: 160, height: 90, durationSec: null });
    });

  it('reads on where a picture says its size late, and says where it is cut short', async () => {
    const still = mediaFile('still.jpg');
    const profile = Buffer.alloc(65_535, 0xff);
    profile.writeUInt16BE(0xffe2, 0);
    profile.writeUInt16BE(65_533, 2);
    const late = Buffer.concat([still.subarray(0, 2), profile, still.subarray(2)]);
    server.route('/late.jpg', ranged(late));
    const { verdict, exchanges } = await look('/late.jpg');
    expect(verdict).to.include({ outcome: 'read', width: 160, height: 90 });
    expect(exchanges).to.have.length(2);
    server.route('/cut.jpg', ranged(late.subarray(0, 300)));
    expect((await look('/cut.jpg')).verdict).to.include({ message: 'it ends before its size', width: null });
  });

  it('reads little of a large file: its head, and its end where moov is there', async () => {
    const { verdict, exchanges } = await look(serve('large.mp4'));
    expect(verdict).to.include({ outcome: 'read', width: 320, fastStart: false, durationSec: 2 });
    const bytes = exchanges.reduce((sum, each) => sum + each.bytes, 0);
    expect(bytes).to.be.below(Math.min(262_144, verdict.size! / 2));
    expect(exchanges.length).to.be.below(4);
  });

  it('says when it reads', async () => {
    const told: boolean[] = [];
    await look(serve('moov-last.mp4'), 5000, (isReading) => void told.push(isReading));
    expect(told.slice(0, 2)).to.deep.equal([true, false]);
    server.route('/page', '<html>');
    told.length = 0;
    await look('/page', 5000, (isReading) => void told.push(isReading));
    expect(told).to.deep.equal([]);
  });

  describe('of what is wrong', () => {
    const expectVerdict = async (path: string, expected: object, ms?: number): Promise<void> => {
      expect((await look(path, ms)).verdict).to.include(expected);
    };

    it('is late where the server does not answer, or stops', async () => {
      for (const hang of ['before-headers', 'after-headers', 'mid-body'] as const) {
        server.route('/hang', { hang, body: mediaFile('moov-first.mp4') });
        await expectVerdict('/hang', { outcome: 'late', type: null }, 50);
      }
      const answer = ranged(mediaFile('large.mp4'));
      server.route('/end-hangs', (request) =>
        request.headers.range!.startsWith('bytes=0-') ? answer(request) : { hang: 'before-headers' },
      );
      await expectVerdict('/end-hangs', { outcome: 'late', type: 'video/mp4', fastStart: false }, 500);
    });

    it('says what failed also where it was the end of a file', async () => {
      const answer = ranged(mediaFile('large.mp4'));
      server.route('/end-refused', (request) =>
        request.headers.range!.startsWith('bytes=0-') ? answer(request) : { reset: 'before-headers' },
      );
      const { standing, verdict } = await look('/end-refused');
      expect(standing).to.equal('lasting');
      expect(verdict).to.include({ outcome: 'unreachable' }).and.not.to.have.property('failure');
      expect(verdict.message).to.contain('waiting for the reply (ECONNRESET)');
    });

    it('is unreachable where there is no file', async () => {
      server.route('/gone', { status: 404, body: '<html>' });
      await expectVerdict('/gone', { outcome: 'unreachable', httpStatus: 404, type: null });
      server.route('/reset', { reset: 'mid-body', body: mediaFile('moov-first.mp4') });
      await expectVerdict('/reset', { outcome: 'unreachable' });
      server.route('/away', { redirect: 'http://127.0.0.2/' });
      await expectVerdict('/away', { outcome: 'unreachable', httpStatus: null });
    });

    it('tells a page with status 200, a picture and a script by their bytes', async () => {
      server.route('/page', { body: '<!DOCTYPE html><html></html>', headers: { 'content-type': 'video/mp4' } });
      await expectVerdict('/page', { outcome: 'read', type: 'text/html', contentType: 'video/mp4' });
      server.route('/picture', { body: Buffer.from('89504e470d0a1a0a', 'hex') });
      await expectVerdict('/picture', { outcome: 'read', type: 'image/png' });
      server.route('/vpaid.js', { body: 'var a;', headers: { 'content-type': 'application/javascript' } });
      await expectVerdict('/vpaid.js', { outcome: 'read', type: 'application/javascript' });
    });

    it('tells an MP4 that is served as something else', async () => {
      server.route('/other.webm', ranged(mediaFile('moov-first.mp4'), 'video/webm'));
      await expectVerdict('/other.webm', { outcome: 'read', type: 'video/mp4', contentType: 'video/webm' });
    });

    it('takes a coding of what is text for granted, and of nothing else', async () => {
      const coded = (type: string): Readonly<Record<string, string>> => ({
        'content-type': type,
        'content-encoding': 'gzip',
      });
      server.route('/coded.js', { body: gzipSync('var a;'), headers: coded('text/javascript') });
      await expectVerdict('/coded.js', { outcome: 'read', contentType: 'text/javascript', type: null });
      server.route('/coded.html', { body: gzipSync('404'), headers: coded('text/html; charset=utf-8') });
      await expectVerdict('/coded.html', { outcome: 'read', type: 'text/html' });
      server.route('/coded.mp4', { body: gzipSync('mp4'), headers: coded('video/mp4') });
      const { verdict } = await look('/coded.mp4');
      expect(verdict.message).to.contain('content coding that was not asked for');
    });

    it('cannot read what is empty, unknown, cut short or damaged', async () => {
      const whole = mediaFile('moov-first.mp4');
      const damaged = Buffer.from(whole);
      damaged.fill(0xff, 60, 2000);
      const broken = { '/empty': Buffer.alloc(0), '/noise': Buffer.alloc(100, 1), '/damaged': damaged };
      for (const [path, body] of Object.entries(broken)) {
        server.route(path, { body });
        await expectVerdict(path, { outcome: 'unreadable' });
      }
      server.route('/cut', ranged(whole.subarray(0, 20_000)));
      await expectVerdict('/cut', { outcome: 'unreadable', message: 'it is cut short: its end is missing' });
      server.route('/cut-before-moov', ranged(mediaFile('moov-last.mp4').subarray(0, 20_000)));
      await expectVerdict('/cut-before-moov', { outcome: 'unreadable', fastStart: false });
    });

    it('reads from a server without ranges what its head tells', async () => {
      const headers = { 'content-type': 'video/mp4' };
      server.route('/whole', { body: mediaFile('moov-first.mp4'), headers });
      await expectVerdict('/whole', { outcome: 'read', ranges: false, durationSec: 2, width: 160 });
      server.route('/whole-large', { body: mediaFile('large.mp4'), headers });
      const expected = {
        outcome: 'read',
        ranges: false,
        fastStart: false,
        width: null,
        size: mediaFile('large.mp4').length,
      };
      await expectVerdict('/whole-large', expected);
    });
  });

  it('reads an HLS playlist, and the duration in that of its first rendition', async () => {
    const headers = { 'content-type': 'application/vnd.apple.mpegurl' };
    server.route('/hls/master.m3u8', {
      headers,
      body: '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360\nlow.m3u8\n',
    });
    server.route('/hls/low.m3u8', {
      headers,
      body: '#EXTM3U\n#EXT-X-TARGETDURATION:15\n#EXTINF:15,\n0.ts\n#EXT-X-ENDLIST\n',
    });
    const { verdict } = await look('/hls/master.m3u8');
    expect(verdict).to.include({ outcome: 'read', type: 'application/vnd.apple.mpegurl', durationSec: 15 });
    expect(verdict.renditions).to.deep.equal([{ width: 640, height: 360, bitrate: 800, codecs: null }]);
    server.route('/moved.m3u8', { redirect: '{{base}}/hls/master.m3u8' });
    expect((await look('/moved.m3u8')).verdict).to.include({ outcome: 'read', durationSec: 15 });
    server.route('/hls/low.m3u8', { status: 404 });
    expect((await look('/hls/master.m3u8')).verdict).to.include({ outcome: 'read', durationSec: null });
  });

  describe('says nothing of what it could not do itself', () => {
    type Reader = Parameters<typeof createProbe>[1];
    const master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nlow.m3u8\n';
    const segments = '#EXTM3U\n#EXT-X-TARGETDURATION:15\n#EXTINF:15,\n0.ts\n#EXT-X-ENDLIST\n';
    const headers = { 'content-type': 'application/vnd.apple.mpegurl' };

    const lookWith = async (over: Partial<Reader>, path: string): ReturnType<Probe> => {
      const deadline = Deadline.after(5000);
      const fetchBytes = createFetchBytes('test', egress.send);
      const probed = await createProbe(fetchBytes, { ...reader, ...over })(server.base + path, deadline, () => {});
      deadline.cancel();
      return probed;
    };

    it('where its reader had not the time for a file, a manifest, or the end of a cut file', async () => {
      const slow = { readMedia: () => Promise.resolve(null), readManifest: () => Promise.resolve(null) };
      server.route('/low.m3u8', { headers, body: segments });
      server.route('/a.mp4', ranged(mediaFile('moov-first.mp4')));
      server.route('/cut.mp4', ranged(mediaFile('moov-first.mp4').subarray(0, 20_000)));
      server.route('/b.mpd', '<MPD/>');
      for (const path of ['/low.m3u8', '/a.mp4', '/cut.mp4', '/b.mpd']) {
        const { verdict, standing } = await lookWith(slow, path);
        expect([path, verdict.outcome, standing]).to.deep.equal([path, 'unknown', 'unread']);
      }
    });

    it('and keeps nothing of a manifest whose second half it had not the time for', async () => {
      server.route('/master.m3u8', { headers, body: master });
      server.route('/low.m3u8', { headers, body: segments });
      const readManifest: Reader['readManifest'] = (manifest) =>
        manifest.text === master ? reader.readManifest(manifest) : Promise.resolve(null);
      const { verdict, standing } = await lookWith({ readManifest }, '/master.m3u8');
      expect([verdict.outcome, verdict.durationSec, standing]).to.deep.equal(['read', null, 'unread']);
    });

    it('where its own loop was late, or there was no room', async () => {
      const url = 'https://cdn.example/a.mp4';
      for (const [error, ownDelayMs, outcome, standing] of [
        ['timeout', 60, 'unknown', 'passing'],
        ['timeout', 10, 'late', 'lasting'],
        ['dns', 60, 'unknown', 'passing'],
        ['dns', 10, 'unreachable', 'passing'],
        ['reset', 60, 'unreachable', 'lasting'],
        ['busy', 0, 'unknown', 'passing'],
        ['cancelled', 0, 'unknown', 'passing'],
      ] as const) {
        const failure = { reason: error, message: error };
        const exchanges = [exchange('cdn.example', 100, { error, ownDelayMs, httpStatus: null })];
        const fetchBytes = () => Promise.resolve({ exchanges, outcome: { ok: false, failure } } as const);
        const deadline = Deadline.after(5000);
        const probed = await createProbe(fetchBytes, reader)(url, deadline, () => {});
        deadline.cancel();
        expect([error, probed.verdict.outcome, probed.standing]).to.deep.equal([error, outcome, standing]);
      }
    });
  });

  it('reads a DASH manifest', async () => {
    const set =
      '<AdaptationSet mimeType="video/mp4"><Representation bandwidth="800000" width="640" height="360"/></AdaptationSet>';
    server.route('/a.mpd', `<MPD mediaPresentationDuration="PT15S"><Period>${set}</Period></MPD>`);
    const { verdict } = await look('/a.mpd');
    expect(verdict).to.include({ outcome: 'read', type: 'application/dash+xml', durationSec: 15 });
    server.route('/a.mpd', '<MPD>');
    expect((await look('/a.mpd')).verdict.outcome).to.equal('unreadable');
  });
});
