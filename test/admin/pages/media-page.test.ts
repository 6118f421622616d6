import { expect } from 'chai';
import { mediaFilesOfRun, mediaOrigin, mediaPage } from '../../../src/admin/pages/media-page.ts';
import { debugRun } from '../../support/debug-run.ts';
import type { MediaFile } from '../../../src/vast/creative.ts';

const file: MediaFile = {
  url: 'https://cdn.example/a.mp4?<x>',
  type: 'video/mp4',
  delivery: 'progressive',
  width: 1280,
  height: 720,
  bitrate: 2400,
  codec: null,
  apiFramework: null,
};

describe('mediaPage', () => {
  for (const [type, element] of [
    ['video/mp4', '<video '],
    [null, '<video '],
    ['audio/mpeg', '<audio '],
    ['image/png', '<img '],
  ] as const) {
    it(`shows ${type ?? 'a file of no type'} by ${element.trim()}>`, () => {
      const markup = mediaPage(debugRun(), { ...file, type });
      expect(markup).to.include(`${element}src="https://cdn.example/a.mp4?&lt;x&gt;"`).and.include('1280 × 720');
      expect(markup).to.include('href="/debug/r/abcdefghijklmnopqrstuv#creatives"').and.not.include('autoplay');
    });
  }
});

describe('mediaOrigin', () => {
  for (const [url, type, origin] of [
    ['https://cdn.example/a.mp4', 'video/mp4', 'https://cdn.example'],
    ['http://CDN.example:8080/a', null, 'http://cdn.example:8080'],
    ['https://cdn.example/a.m3u8', 'application/x-mpegURL', 'https://cdn.example'],
    ['https://cdn.example/vpaid.js', 'application/javascript', null],
    ['https://x;sandbox/a.mp4', 'video/mp4', null],
    ['https://*.example/a.mp4', 'video/mp4', null],
    ['https://a,b.example/a.mp4', 'video/mp4', null],
    ['http://127.0.0.1:8081/metrics', 'video/mp4', null],
    ['http://169.254.169.254/', 'video/mp4', null],
    ['https://printer/a.mp4', 'video/mp4', null],
    ['javascript:alert(1)', 'video/mp4', null],
    ['data:video/mp4,x', 'video/mp4', null],
    ['a.mp4', 'video/mp4', null],
  ] as const) {
    it(`is ${origin} for ${url} of ${type}`, () => {
      expect(mediaOrigin({ url, type })).to.equal(origin);
    });
  }
});

describe('mediaFilesOf', () => {
  it('is none where no ad was reached', () => expect(mediaFilesOfRun(debugRun())).to.deep.equal([]));
});
