import { expect } from 'chai';
import {
  discloseGiven,
  discloseHeaders,
  discloseMacros,
  DISCLOSE_ALL,
  DISCLOSE_LEAST,
} from '../../src/openrtb/disclosure.ts';

const UA = 'Mozilla/5.0 (Linux; Android 13; SM-S918B) Chrome/124.0.6367.82';
const GENERIC = 'Mozilla/5.0 (Linux; Android 13) Chrome/124.0';
const VALUES = new Map<string, string | number | readonly number[]>([
  ['DEVICEIP', '203.0.113.7'],
  ['DEVICEUA', UA],
  ['IFA', 'ifa-1'],
  ['IFATYPE', 'aaid'],
  ['LATLONG', [48.1, 11.5]],
  ['DOMAIN', 'pub.example'],
]);

describe('what a host may be told', () => {
  it('is everything where nothing is withheld', () => {
    const headers = { 'X-Device-IP': '203.0.113.7' };
    expect(discloseMacros(VALUES, DISCLOSE_ALL)).to.deep.equal(VALUES);
    expect(discloseHeaders(headers, DISCLOSE_ALL)).to.equal(headers);
  });

  it('is the address cut, a user agent of many, no id, and no place beside a cut address', () => {
    const told = discloseMacros(VALUES, { ip: 'truncate', ua: 'generic', ifa: false });
    expect(Object.fromEntries(told)).to.deep.equal({
      DEVICEIP: '203.0.113.0',
      DEVICEUA: GENERIC,
      IFA: -2,
      IFATYPE: -2,
      LATLONG: -2,
      DOMAIN: 'pub.example',
    });
    expect(discloseMacros(VALUES, DISCLOSE_LEAST).get('DEVICEIP')).to.equal(-2);
    expect(discloseMacros(new Map([['DEVICEIP', 'no address']]), { ...DISCLOSE_ALL, ip: 'truncate' })).to.deep.equal(
      new Map([['DEVICEIP', -2]]),
    );
    expect(discloseMacros(new Map(), DISCLOSE_LEAST)).to.have.property('size', 0);
  });

  it('goes for headers too, and leaves the others', () => {
    const headers = {
      'X-Device-IP': '2001:db8:1:2::7',
      'X-Device-User-Agent': UA,
      'X-Device-Referer': 'https://p.example',
    };
    expect(discloseHeaders(headers, { ip: 'truncate', ua: 'generic', ifa: true })).to.deep.equal({
      'X-Device-IP': '2001:db8:1::',
      'X-Device-User-Agent': GENERIC,
      'X-Device-Referer': 'https://p.example',
    });
    expect(discloseHeaders(headers, DISCLOSE_LEAST)).not.to.have.property('X-Device-IP');
    expect(discloseHeaders({}, DISCLOSE_LEAST)).to.deep.equal({});
  });

  it('goes for what callers give under other names', () => {
    const device = { ip: '203.0.113.7', ua: UA, ifa: 'ifa-1' };
    const given = { '%%IP%%': '203.0.113.7', '{{id}}': 'ifa-1', '[ifa]': 'other', agent: UA, slot: 5 };
    expect(discloseGiven(given, device, DISCLOSE_LEAST)).to.deep.equal({
      '%%IP%%': -2,
      '{{id}}': -2,
      '[ifa]': -2,
      agent: GENERIC,
      slot: 5,
    });
    expect(discloseGiven(given, null, DISCLOSE_LEAST)).to.include({ '%%IP%%': '203.0.113.7', '[ifa]': -2 });
    const lists = { a: ['x', '203.0.113.7'], b: ['203.0.113.7', 'ifa-1'], c: ['x', 5] };
    expect(discloseGiven(lists, device, { ip: 'full', ua: 'full', ifa: false })).to.deep.equal({ ...lists, b: -2 });
    expect(discloseGiven(lists, device, { ip: 'truncate', ua: 'full', ifa: true })).to.deep.equal({
      a: -2,
      b: -2,
      c: ['x', 5],
    });
  });
});
