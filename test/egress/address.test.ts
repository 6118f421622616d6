import http from 'node:http';
import { isIP } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { RequestFilteringHttpAgent } from 'request-filtering-agent';
import { addressMatcher, classifyAddress, type AddressClass } from '../../src/egress/address.ts';

const EXPECTED: Record<string, AddressClass> = {
  '127.0.0.1': 'loopback',
  '127.255.255.254': 'loopback',
  '0.0.0.0': 'unspecified',
  '0.1.2.3': 'unspecified',
  '10.0.0.1': 'private',
  '172.16.0.1': 'private',
  '172.31.255.255': 'private',
  '192.168.1.1': 'private',
  '100.64.0.1': 'shared',
  '100.127.255.255': 'shared',
  '169.254.169.254': 'link-local',
  '168.63.129.16': 'cloud-platform',
  '192.0.0.8': 'protocol',
  '192.0.2.1': 'documentation',
  '198.51.100.7': 'documentation',
  '203.0.113.7': 'documentation',
  '192.31.196.1': 'protocol',
  '192.52.193.1': 'protocol',
  '192.175.48.1': 'protocol',
  '192.88.99.1': '6to4',
  '198.18.0.1': 'benchmarking',
  '198.19.255.255': 'benchmarking',
  '224.0.0.1': 'multicast',
  '239.255.255.255': 'multicast',
  '240.0.0.1': 'reserved',
  '255.255.255.255': 'broadcast',
  '::': 'unspecified',
  '::1': 'loopback',
  '::7f00:1': 'embedded-ipv4',
  '::ffff:127.0.0.1': 'loopback',
  '::ffff:a00:1': 'private',
  '::ffff:0:127.0.0.1': 'embedded-ipv4',
  '64:ff9b::7f00:1': 'nat64',
  '64:ff9b::808:808': 'nat64',
  '64:ff9b:1::1': 'nat64',
  '100::1': 'discard',
  '100:0:0:1::1': 'discard',
  '2001::1': 'teredo',
  '2001:2::1': 'protocol',
  '2001:20::1': 'protocol',
  '2001:db8::1': 'documentation',
  '2002:7f00:1::': '6to4',
  '2620:4f:8000::1': 'protocol',
  '2606:4700::5efe:7f00:1': 'isatap',
  '2606:4700::200:5efe:a00:1': 'isatap',
  'fe80::5efe:c0a8:101': 'link-local',
  '3fff::1': 'documentation',
  '4000::1': 'unassigned',
  '1::1': 'unassigned',
  '5f00::1': 'protocol',
  'fd00:ec2::254': 'cloud-platform',
  'fd12::1': 'private',
  'fc00::1': 'private',
  'fe80::1': 'link-local',
  'fe80::1%eth0': 'zone',
  '2606:4700::1%1': 'zone',
  'fec0::1': 'site-local',
  'ff02::1': 'multicast',
  '172.15.255.255': 'public',
  '172.32.0.1': 'public',
  '100.63.255.255': 'public',
  '100.128.0.1': 'public',
  '168.63.129.17': 'public',
  '8.8.8.8': 'public',
  '::ffff:8.8.8.8': 'embedded-ipv4',
  '2606:4700::1111': 'public',
  '127.1': 'malformed',
  '0x7f000001': 'malformed',
  '0177.0.0.1': 'malformed',
  '2130706433': 'malformed',
  '[::1]': 'malformed',
  'ads.example': 'malformed',
  '': 'malformed',
};

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const ipv6 = fc.ipV6();
/** Addresses within a few of the first or last one of each IPv4 prefix that begins with some octets. */
const nearABorder = fc
  .tuple(fc.nat(0xffff), fc.integer({ min: -2, max: 2 }))
  .map(([prefix, step]) => (prefix * 0x10000 + step + 2 ** 32) % 2 ** 32)
  .map((value) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.'));

describe('classifyAddress', () => {
  for (const [ip, expected] of Object.entries(EXPECTED)) {
    it(`${ip || 'nothing'} is ${expected}`, () => expect(classifyAddress(ip)).to.equal(expected));
  }

  it('calls nothing public that the special-purpose registries name', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (ip) => {
        if (classifyAddress(ip) === 'public') expect(ipaddr.process(ip).range()).to.equal('unicast');
      }),
    );
  });

  it('judges an IPv4-mapped address as what it maps, and lets none through', () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        const plain = classifyAddress(ip);
        expect(classifyAddress(`::ffff:${ip}`)).to.equal(plain === 'public' ? 'embedded-ipv4' : plain);
      }),
    );
  });

  it('is never laxer than request-filtering-agent', () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was, never called
    const original = http.Agent.prototype.createConnection;
    // What it does not refuse must not be connected to either.
    http.Agent.prototype.createConnection = () => undefined;
    try {
      const agent = new RequestFilteringHttpAgent();
      const refuses = (ip: string): boolean => {
        let isRefused = false;
        agent.createConnection({ host: ip, port: 80 }, (error) => (isRefused = error !== null));
        return isRefused;
      };
      expect([refuses('127.0.0.1'), refuses('8.8.8.8')]).to.deep.equal([true, false]);
      for (const ip of Object.keys(EXPECTED).filter((each) => isIP(each) !== 0)) {
        if (refuses(ip)) expect(classifyAddress(ip), ip).not.to.equal('public');
      }
      fc.assert(
        fc.property(fc.oneof(ipv4, ipv6, nearABorder), (ip) => {
          if (refuses(ip)) expect(classifyAddress(ip)).not.to.equal('public');
        }),
        { numRuns: 2000 },
      );
    } finally {
      http.Agent.prototype.createConnection = original;
    }
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => isIP(text) !== 0 || classifyAddress(text) !== 'public'));
  });
});

describe('addressMatcher', () => {
  const matches = addressMatcher(['10.1.0.0/16', '192.0.2.7', 'fd00::/8', '::1', '::ffff:127.0.0.1']);

  it('takes addresses and CIDR ranges of both families', () => {
    for (const ip of ['10.1.2.3', '192.0.2.7', 'fd12::1', '::1', '::ffff:10.1.2.3', '127.0.0.1']) {
      expect(matches(ip), ip).to.equal(true);
    }
    for (const ip of ['10.2.0.1', '192.0.2.8', 'fe80::1', '::2', 'nonsense', '']) {
      expect(matches(ip), ip).to.equal(false);
    }
  });
});
