import { isIP } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { classifyAddress } from '../../src/egress/address.ts';
import { checkAddress, checkRecords, checkUrl, createPolicy, type BlockedClass } from '../../src/egress/guard.ts';

const PORTS = [80, 443, 8080, 8443];
const closed = createPolicy([], PORTS, () => [], []);

const verdictOf = (url: string, policy = closed): BlockedClass | 'let through' | 'unparsable' => {
  const verdict = checkUrl(url, policy);
  if (verdict.ok) return 'let through';
  return verdict.blocked ?? 'unparsable';
};

const HOSTS: Record<string, BlockedClass | 'let through' | 'unparsable'> = {
  '127.0.0.1': 'loopback',
  localhost: 'name',
  'localhost.': 'name',
  LOCALHOST: 'name',
  'a.localhost': 'name',
  '[::1]': 'loopback',
  '[::ffff:127.0.0.1]': 'loopback',
  '[::7f00:1]': 'embedded-ipv4',
  '0.0.0.0': 'unspecified',
  '[::]': 'unspecified',
  '127.1': 'loopback',
  '2130706433': 'loopback',
  '0x7f000001': 'loopback',
  '017700000001': 'loopback',
  '0177.0.0.1': 'loopback',
  '0x7f.1': 'loopback',
  '１２７.０.０.１': 'loopback',
  '①②⑦.⓪.⓪.①': 'loopback',
  '127。0。0。1': 'loopback',
  ｌｏｃａｌｈｏｓｔ: 'name',
  '%31%32%37.0.0.1': 'loopback',
  '127.0.0.1.': 'loopback',
  '127.0.0.1..': 'malformed',
  '10.0.0.1': 'private',
  '172.16.0.1': 'private',
  '192.168.0.1': 'private',
  '100.64.0.1': 'shared',
  '169.254.169.254': 'link-local',
  '168.63.129.16': 'cloud-platform',
  '198.18.0.1': 'benchmarking',
  '192.0.2.1': 'documentation',
  '224.0.0.1': 'multicast',
  '240.0.0.1': 'reserved',
  '255.255.255.255': 'broadcast',
  '[64:ff9b::7f00:1]': 'nat64',
  '[64:ff9b:1::1]': 'nat64',
  '[2002:7f00:1::]': '6to4',
  '[2001:0:1::1]': 'teredo',
  '[2606:4700::5efe:7f00:1]': 'isatap',
  '[fd00:ec2::254]': 'cloud-platform',
  '[fe80::1]': 'link-local',
  '[fe80::1%25eth0]': 'unparsable',
  '[fec0::1]': 'site-local',
  '[100::1]': 'discard',
  '[5f00::1]': 'protocol',
  '[3fff::1]': 'documentation',
  '[4000::1]': 'unassigned',
  'user@ads.example.com': 'userinfo',
  'user:secret@ads.example.com': 'userinfo',
  ':secret@ads.example.com': 'userinfo',
  '127.0.0.1\\@ads.example.com': 'loopback',
  'ads.example.com@127.0.0.1': 'userinfo',
  'metadata.google.internal': 'name',
  internal: 'name',
  'printer.local': 'name',
  'printer.local.': 'name',
  'host.localdomain': 'name',
  'nas.home.arpa': 'name',
  'facebookcorewwwi.onion': 'name',
  intranet: 'name',
  'intranet.': 'name',
  unix: 'name',
  'ads..example.com': 'malformed',
  [`${'a'.repeat(64)}.example.com`]: 'malformed',
  [`${'a.'.repeat(127)}example.com`]: 'malformed',
  'ads.example.com:22': 'port',
  'ads.example.com:0': 'port',
  'ads.example.com:6379': 'port',
  'ads.example.com:65536': 'unparsable',
  'ads.example.com': 'let through',
  'ads.example.com.': 'let through',
  'ads.example.com:8443': 'let through',
  'ads.example.com:0080': 'let through',
  'bücher.example': 'let through',
  'a_b.example.com': 'let through',
  'notlocal.com': 'let through',
  '172.32.0.1': 'let through',
  '100.128.0.1': 'let through',
  '[2606:4700::1111]': 'let through',
};

const URLS: Record<string, BlockedClass | 'let through' | 'unparsable'> = {
  'http:\\\\127.0.0.1': 'loopback',
  'http:127.0.0.1': 'loopback',
  'http:///127.0.0.1': 'loopback',
  'HTTP://127.0.0.1': 'loopback',
  ' http://127.0.0.1': 'loopback',
  'ht\ntp://127.0.0.1': 'loopback',
  'file:///etc/passwd': 'scheme',
  'gopher://ads.example.com/': 'scheme',
  'ftp://ads.example.com/': 'scheme',
  'data:text/xml,<VAST/>': 'scheme',
  'unix:/var/run/docker.sock': 'scheme',
  'http://unix:/var/run/docker.sock:/info': 'name',
  'javascript:alert(1)': 'scheme',
  'ws://ads.example.com/': 'scheme',
  'blob:http://ads.example.com/1': 'scheme',
  '//ads.example.com/': 'unparsable',
  '/vast': 'unparsable',
  '': 'unparsable',
  'http://': 'unparsable',
  [`http://ads.example.com/${'a'.repeat(8169)}`]: 'let through',
  [`http://ads.example.com/${'a'.repeat(8170)}`]: 'url-length',
  [`http://ads.example.com/${'ü'.repeat(2000)}`]: 'url-length',
};

describe('checkUrl', () => {
  for (const [host, expected] of Object.entries(HOSTS)) {
    it(`http://${host.slice(0, 60)}/ is ${expected}`, () => expect(verdictOf(`http://${host}/`)).to.equal(expected));
  }
  for (const [url, expected] of Object.entries(URLS)) {
    it(`${JSON.stringify(url.slice(0, 50))} is ${expected}`, () => expect(verdictOf(url)).to.equal(expected));
  }

  it('lets no spelling of a private IPv4 address through', () => {
    const privates = fc.constantFrom(0x7f000001, 0x0a000001, 0xc0a80101, 0xa9fea9fe, 0xac100001, 0);
    const spellings = fc.constantFrom(
      (ip: number) => String(ip),
      (ip: number) => `0x${ip.toString(16)}`,
      (ip: number) => `0${ip.toString(8)}`,
      (ip: number) => `${ip >>> 24}.${ip & 0xffffff}`,
      (ip: number) => `0x${(ip >>> 24).toString(16)}.0${((ip >>> 16) & 255).toString(8)}.${ip & 0xffff}`,
      (ip: number) => `[::ffff:${(ip >>> 16).toString(16)}:${(ip & 0xffff).toString(16)}]`,
      (ip: number) => `${[24, 16, 8, 0].map((shift) => (ip >>> shift) & 255).join('.')}.`,
    );
    fc.assert(
      fc.property(privates, spellings, (ip, spell) => {
        expect(verdictOf(`http://${spell(ip)}/`)).not.to.equal('let through');
      }),
    );
  });

  it('lets nothing through but what it has judged, whatever the text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.webUrl({ authoritySettings: { withIPv4: true, withIPv6: true, withUserInfo: true, withPort: true } }),
      fc.tuple(fc.constantFrom('http://', 'https:', 'http:/\\', 'file://'), fc.string()).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const verdict = checkUrl(text, closed);
        if (!verdict.ok) return;
        const { protocol, username, password, port, hostname } = verdict.url;
        expect(protocol).to.match(/^https?:$/);
        expect(username + password).to.equal('');
        expect(port === '' || PORTS.includes(Number(port))).to.equal(true);
        const host = hostname.replace(/^\[|\]$/g, '');
        if (isIP(host) === 0) expect(hostname).to.include('.');
        else expect(classifyAddress(host)).to.equal('public');
      }),
    );
  });

  it('gives the URL as it was understood', () => {
    const verdict = checkUrl('HTTPS://ADS.example.com:443/a', closed);
    expect(verdict.ok && verdict.url.href).to.equal('https://ads.example.com/a');
  });
});

describe('EGRESS_ALLOW', () => {
  const policy = createPolicy(['127.0.0.1', '10.0.0.0/8', 'localhost', 'Ads.Internal', '::1'], PORTS, () => [9000], []);

  it('opens addresses, ranges and names, on any port', () => {
    for (const host of [
      '127.0.0.1:5',
      '10.9.9.9',
      '[::ffff:10.0.0.1]',
      'localhost:1234',
      'localhost.',
      'ads.internal',
    ]) {
      expect(verdictOf(`http://${host}/`, policy), host).to.equal('let through');
    }
  });

  it('opens nothing beside them', () => {
    expect(verdictOf('http://127.0.0.2/', policy)).to.equal('loopback');
    expect(verdictOf('http://a.localhost/', policy)).to.equal('name');
    expect(verdictOf('http://x.ads.internal/', policy)).to.equal('name');
    expect(verdictOf('http://ads.example.com:22/', policy)).to.equal('port');
    expect(verdictOf('http://user@127.0.0.1/', policy)).to.equal('userinfo');
    expect(verdictOf('file://localhost/etc/passwd', policy)).to.equal('scheme');
  });

  it('never opens a listener of this service', () => {
    for (const host of ['127.0.0.1:9000', '[::1]:9000']) {
      expect(verdictOf(`http://${host}/`, policy), host).to.equal('own-listener');
    }
    expect(checkAddress('127.0.0.1', 'localhost', 9000, policy)).to.equal('own-listener');
    expect(verdictOf('http://10.0.0.1:9000/', policy)).to.equal('let through');
  });
});

describe('checkRecords', () => {
  const records = (...ips: string[]): { address: string; family: number }[] =>
    ips.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it('lets public addresses through', () => {
    expect(checkRecords(records('8.8.8.8', '2606:4700::1111'), 'ads.example.com', 80, closed)).to.equal(null);
  });

  it('refuses all for one bad record, wherever it stands', () => {
    expect(checkRecords(records('8.8.8.8', '10.0.0.1'), 'ads.example.com', 80, closed)).to.equal('private');
    expect(checkRecords(records('::1', '8.8.8.8'), 'ads.example.com', 80, closed)).to.equal('loopback');
  });

  it('refuses the addresses of this machine', () => {
    const policy = createPolicy([], PORTS, () => [], ['8.8.4.4']);
    expect(checkRecords(records('8.8.4.4'), 'ads.example.com', 80, policy)).to.equal('own-address');
    expect(verdictOf('http://8.8.4.4/', policy)).to.equal('own-address');
  });

  it('lets an allowed name be anywhere', () => {
    const policy = createPolicy(['dsp.internal'], PORTS, () => [], []);
    expect(checkRecords(records('10.0.0.1'), 'dsp.internal', 9999, policy)).to.equal(null);
    expect(checkRecords(records('10.0.0.1'), 'other.example.com', 80, policy)).to.equal('private');
  });
});
