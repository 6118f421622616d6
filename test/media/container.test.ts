import { expect } from 'chai';
import fc from 'fast-check';
import { recognize } from '../../src/media/container.ts';

const bytes = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');
const packet = `\x47${'\xff'.repeat(187)}`;

describe('recognize', () => {
  const cases: readonly (readonly [string, string, string | null])[] = [
    ['an MP4', '\0\0\0\x20ftypisom', 'video/mp4'],
    ['a segment of CMAF', '\0\0\0\x18stypmsdh', 'video/mp4'],
    ['QuickTime by its brand', '\0\0\0\x14ftypqt  ', 'video/quicktime'],
    ['QuickTime of old, without a brand', '\0\0\0\x08wide\0\0\0\0mdat', 'video/quicktime'],
    ['a picture in an MP4', '\0\0\0\x1cftypavif', 'image/avif'],
    ['WebM', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm', 'video/webm'],
    ['Matroska', '\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska', 'video/x-matroska'],
    ['MP3 with a tag', 'ID3\x04\0', 'audio/mpeg'],
    ['MP3 without a tag', '\xff\xfb\x90\x64', 'audio/mpeg'],
    ['ADTS', '\xff\xf1\x50\x80', 'audio/aac'],
    ['MPEG-TS', packet + packet, 'video/mp2t'],
    ['FLV', 'FLV\x01\x05', 'video/x-flv'],
    ['a PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
    ['a JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
    ['a GIF', 'GIF89a', 'image/gif'],
    ['a WebP', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['an HLS playlist', '#EXTM3U\n#EXT-X-VERSION:3\n', 'application/vnd.apple.mpegurl'],
    ['a DASH manifest', '<?xml version="1.0"?>\n<!-- made -->\n<MPD xmlns="urn">', 'application/dash+xml'],
    ['a DASH manifest with a byte order mark', '\xef\xbb\xbf<MPD>', 'application/dash+xml'],
    ['a page', '\n<!DOCTYPE html><html>', 'text/html'],
    ['a page without a doctype', '<head><title>404</title>', 'text/html'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['a VAST', '<?xml version="1.0"?><VAST version="4.0"/>', 'application/xml'],
    ['a JSON', '{"error":"gone"}', 'application/json'],
    ['a script', 'function getVPAIDAd(){}', 'text/plain'],
    ['nothing', '', null],
    ['noise', '\x01\x02\x03\x04\x05', null],
  ];
  for (const [what, head, type] of cases) {
    it(`knows ${what}`, () => {
      expect(recognize(bytes(head))).to.equal(type);
    });
  }

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (head) => {
        expect(recognize(head) ?? '').to.match(/^([a-z]+\/[a-z0-9.+-]+)?$/);
      }),
    );
  });
});
