import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isHiddenName, isHiddenValue, REDACTIONS } from '../../src/debug/redactions.ts';

const GUIDE = readFileSync(new URL('../../docs/debugging.md', import.meta.url), 'utf8').toLowerCase();

describe('redactions', () => {
  it('stand in the guide', () => {
    for (const { what, why } of REDACTIONS)
      expect(GUIDE).to.include(`| ${what.toLowerCase()} | ${why.toLowerCase()} |`);
  });

  it('say of each what it is and why', () => {
    for (const { what, why } of REDACTIONS) expect([what, why].every((each) => each.length > 5)).to.equal(true);
  });

  for (const name of [
    'ip',
    'IP',
    'us_privacy',
    'gdpr_consent',
    'addtl_consent',
    'device-id',
    'rdid',
    'ppid',
    'access_token',
    'X-API-Key',
    'sig',
    'lat',
    'userEmail',
    'sessionId',
    'ifa',
  ]) {
    it(`hide ${name}`, () => expect(isHiddenName(name)).to.equal(true));
  }
  for (const name of [
    'iu',
    'sz',
    'pod',
    'correlator',
    'cb',
    'gdpr',
    'env',
    'placement',
    'output',
    'vpos',
    'description_url',
    'cust_params',
    'plcmt',
    'tag',
    'zone',
    'w',
    'h',
    'tmax',
    'dur',
    'bundle',
    'gpp_sid',
  ]) {
    it(`show ${name}`, () => expect(isHiddenName(name)).to.equal(false));
  }
  for (const value of [
    '192.0.2.7',
    '2001:db8::1',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    '0123456789abcdef',
    'me@example.org',
    '52.5200,13.4050',
    'CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6',
  ]) {
    it(`hide a value such as ${value}`, () => expect(isHiddenValue(value)).to.equal(true));
  }
  for (const value of [
    '/21775744923/external/single_ad_samples',
    '640x480',
    '1700000000000',
    'homepage_video_preroll_2024',
    'video/mp4,video/webm',
    'pre',
    '4.2',
    'com.example.app',
  ]) {
    it(`show a value such as ${value}`, () => expect(isHiddenValue(value)).to.equal(false));
  }
});
