import { validateHeaderValue } from 'node:http';
import { expect } from 'chai';
import fc from 'fast-check';
import { deviceHeaders } from '../../src/openrtb/device-headers.ts';

const open = { restricted: false };

describe('deviceHeaders', () => {
  it('tells what is known', () => {
    const device = { ip: '203.0.113.77', ua: 'Player/1 (TV)', language: 'de' };
    expect(deviceHeaders(device, { page: 'https://p.example/?a=b' }, { bundle: 'com.example' }, open)).to.deep.equal({
      'X-Device-IP': '203.0.113.77',
      'X-Device-User-Agent': 'Player/1 (TV)',
      'X-Device-Referer': 'https://p.example/?a=b',
      'X-Device-Accept-Language': 'de',
      'X-Device-Requested-With': 'com.example',
    });
  });

  it('tells nothing of what is not', () => {
    expect(deviceHeaders(null, null, null, open)).to.deep.equal({});
    expect(deviceHeaders({ ua: ' ' }, {}, {}, open)).to.deep.equal({});
  });

  it('shortens the address where privacy asks for it, and leaves out one that it cannot shorten', () => {
    expect(deviceHeaders({ ip: '203.0.113.77' }, null, null, { restricted: true })).to.deep.equal({
      'X-Device-IP': '203.0.113.0',
    });
    expect(deviceHeaders({ ip: 'what?' }, null, null, { restricted: true })).to.deep.equal({});
  });

  it('encodes what would break out of a header', () => {
    const ua = 'a\r\nX-Evil: 1\0 é😀\ud800';
    expect(deviceHeaders({ ua }, null, null, open)['X-Device-User-Agent']).to.equal(
      'a%0D%0AX-Evil: 1%00 %C3%A9%F0%9F%98%80%EF%BF%BD',
    );
  });

  it('leaves out what is too long', () => {
    expect(deviceHeaders({ ua: 'a'.repeat(4097), language: 'en' }, null, null, open)).to.deep.equal({
      'X-Device-Accept-Language': 'en',
    });
  });

  it('never gives a value that Node would refuse', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const headers = deviceHeaders(
          { ip: value, ua: value, language: value },
          { page: value },
          { bundle: value },
          open,
        );
        for (const [name, each] of Object.entries(headers)) validateHeaderValue(name, each);
      }),
    );
  });
});
