import { expect } from 'chai';
import { isPrivateHost } from '../../../src/admin/pages/private-host.ts';

const hostOf = (url: string): string => new URL(url).hostname;

describe('isPrivateHost', () => {
  for (const host of [
    ...['localhost', 'localhost.', 'LOCALHOST', 'printer', 'a.local', 'db.internal', 'router.home.arpa', 'x.onion'],
    ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255'],
    ...['192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['[::1]', '[::ffff:127.0.0.1]', '[fd00:ec2::254]', '[2606:4700::1111]'],
  ]) {
    it(`is one: ${host}`, () => expect(isPrivateHost(hostOf(`http://${host}/`))).to.equal(true));
  }

  for (const host of ['cdn.example', 'cdn.example.', '172.32.0.1', '100.128.0.1', '8.8.8.8', 'localhost.example.com']) {
    it(`is none: ${host}`, () => expect(isPrivateHost(hostOf(`http://${host}/`))).to.equal(false));
  }
});
