import { expect } from 'chai';
import { looksLike } from '../../src/debug/looks-like.ts';

describe('looksLike', () => {
  for (const [text, is] of [
    ['\ufeff\n<!DOCTYPE html><html>', 'an HTML page'],
    ['<div>', 'an HTML page'],
    ['<?xml version="1.0"?>\n<vmap:VMAP version="1.0">', 'a VMAP document, which lists ad breaks'],
    ['<?xml version="1.0"?><rss>', 'XML of another kind'],
    ['#EXTM3U\n#EXT-X-VERSION:3', 'an HLS playlist'],
    ['{"error":"no ad"}', 'JSON'],
    ['  ', 'nothing at all'],
    ['Not found', 'text without markup'],
    ['<VAST version="4.2">', null],
    ['<?xml version="1.0"?><!-- x --><VAST>', null],
  ] as const) {
    it(`says ${is} of ${JSON.stringify(text)}`, () => expect(looksLike(text)).to.equal(is));
  }
});
