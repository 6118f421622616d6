import { isIP } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { classifyAddress } from '../../src/egress/address.ts';
import { checkAddress, checkRecords, checkUrl, createPolicy, isPrivate } from '../../src/egress/guard.ts';
import { HOSTS, URLS, type Judged } from '../support/judged-urls.ts';

const PORTS = [80, 443, 8080, 8443];
const closed = createPolicy([], PORTS, () => [], []);

const verdictOf = (url: string, policy = closed): Judged => {
  const verdict = checkUrl(url, policy);
  if (verdict.ok) return 'let through';
  return verdict.blocked ?? 'unparsable';
};

describe('checkUrl', () => {
  for (const [host, expected] of Object.entries(HOSTS)) {
    it(`http://${host.slice(0, 60)}/ is ${expected}`, () => expect(verdictOf(`http://${host}/`)).to.equal(expected));
  }
  for (const [url, expected] of Object.entries(URLS)) {
    it(`${JSON.stringify(url.slice(0, 50))} is ${expected}`, () => expect(verdictOf(url)).to.equal(expected));
  }

  it('goes by the length of what was written, however little of it was parsed', () => {
    const written = `https://a.example/${'x'.repeat(9000)}`;
    const verdict = checkUrl(written, closed, URL.parse(written.slice(0, 8192)));
    expect(verdict).to.deep.equal({ ok: false, blocked: 'url-length', host: '' });
    expect(checkUrl(written.slice(0, 8192), closed).ok).to.equal(true);
    expect(checkUrl('no url', closed)).to.deep.equal({ ok: false, blocked: null });
  });

  it('takes names as long as DNS does, and no longer', () => {
    const label = 'a'.repeat(63);
    const longest = `${label}.${label}.${label}.${'a'.repeat(57)}.test`;
    expect(longest).to.have.lengthOf(254);
    expect(verdictOf(`http://${longest.slice(1)}/`)).to.equal('let through');
    expect(verdictOf(`http://${longest}/`)).to.equal('malformed');
    expect(verdictOf(`http://${label}.test/`)).to.equal('let through');
    expect(verdictOf(`http://${label}a.test/`)).to.equal('malformed');
  });

  it('refuses names of inside, themselves and what is below them, and not what only ends alike', () => {
    for (const name of ['localhost', 'local', 'internal', 'localdomain', 'home.arpa', 'onion']) {
      expect(verdictOf(`http://${name}/`), name).to.equal('name');
      expect(verdictOf(`http://x.${name}/`), name).to.equal('name');
      expect(verdictOf(`http://x.my${name}/`), name).to.equal('let through');
    }
  });

  it('lets through what the operator named: networks, addresses, and names in any case', () => {
    const policy = createPolicy(['10.0.0.0/8', '192.168.1.7', 'Ads.Internal', 'fd00::/8'], PORTS, () => [], []);
    for (const host of ['10.9.8.7', '192.168.1.7', 'ads.internal', 'ADS.internal.', '[fd00::1]']) {
      expect(verdictOf(`http://${host}:9999/`, policy), host).to.equal('let through');
    }
    for (const host of ['11.0.0.1', 'x.ads.internal']) {
      expect(verdictOf(`http://${host}:9999/`, policy), host).not.to.equal('let through');
    }
    for (const host of ['192.168.1.8', '[fc00::1]']) {
      expect(verdictOf(`http://${host}/`, policy), host).not.to.equal('let through');
    }
  });

  it('never asks a port of its own on this machine, under whatever address and though it is allowed', () => {
    const policy = createPolicy(['127.0.0.0/8', '0.0.0.0', '198.51.100.4'], PORTS, () => [8080], ['198.51.100.4']);
    for (const host of ['127.0.0.1', '127.9.9.9', '0.0.0.0', '198.51.100.4']) {
      expect(verdictOf(`http://${host}:8080/`, policy), host).to.equal('own-listener');
      expect(verdictOf(`http://${host}:8081/`, policy), host).to.equal('let through');
    }
    // what asks where no ports are told has none
    expect(verdictOf('http://127.0.0.1:8080/', createPolicy(['127.0.0.1'], PORTS))).to.equal('let through');
  });

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

describe('isPrivate', () => {
  const policy = createPolicy(['10.1.0.0/16', 'ads.inside.example'], [80, 443]);
  for (const [url, expected] of [
    ['https://partner.example/', true],
    ['http://partner.example/', false],
    ['http://partner.example:8443/', false],
    ['http://ads.inside.example/', true],
    ['http://ADS.inside.example./', true],
    ['http://10.1.2.3:9000/', true],
    ['http://10.2.2.3/', false],
    ['http://93.184.216.34/', false],
  ] as const) {
    it(`${url}: ${expected ? 'read by nobody else' : 'in clear'}`, () => {
      expect(isPrivate(new URL(url), policy)).to.equal(expected);
    });
  }
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
