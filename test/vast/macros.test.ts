import { expect } from 'chai';
import fc from 'fast-check';
import { MACROS } from '../../src/vast/macro-table.ts';
import { fillMacros, type MacroValue } from '../../src/vast/macros.ts';

const fill = (uri: string, values: Record<string, MacroValue> = {}): string =>
  fillMacros(uri, new Map(Object.entries(values))).uri;
const isPersonal = (uri: string, values: Record<string, MacroValue> = {}): boolean =>
  fillMacros(uri, new Map(Object.entries(values))).personal;

describe('fillMacros', () => {
  it('encodes each value on its own and joins lists by a raw comma', () => {
    const values = { DEVICEUA: 'A/1 (é, "x")&y', BLOCKEDADCATEGORIES: ['IAB1-1', 'a,b'], PLAYERSIZE: [640, 360] };
    expect(fill('http://a/?[DEVICEUA]&b=[BLOCKEDADCATEGORIES]&s=[PLAYERSIZE]', values)).to.equal(
      'http://a/?A%2F1%20(%C3%A9%2C%20%22x%22)%26y&b=IAB1-1,a%2Cb&s=640,360',
    );
  });

  it('writes -1 for what is not known, and the markers as they are', () => {
    expect(fill('[IFA] [DEVICEUA] [APPBUNDLE] [MEDIAMIME]', { IFA: -2, APPBUNDLE: 0, MEDIAMIME: [] })).to.equal(
      '-2 -1 0 -1',
    );
  });

  it('fills every macro that may stand in an ad tag URI, every time it does', () => {
    for (const { name, inTagRequests } of MACROS) {
      expect(fill(`[${name}][${name}]`, { [name]: 'v' })).to.equal(inTagRequests ? 'vv' : `[${name}][${name}]`);
    }
  });

  it('leaves everything else as it is', () => {
    const others = ['[ERRORCODE]', '[FOO]', '[cachebusting]', '[CacheBusting]', '[ CACHEBUSTING ]', 'CACHEBUSTING', '${CACHEBUSTING}', '[]', '[constructor]']; // prettier-ignore
    for (const other of others) expect(fill(other, { CACHEBUSTING: '1', FOO: '2', ERRORCODE: 3 })).to.equal(other);
    expect(fill('[[CACHEBUSTING]]', { CACHEBUSTING: '1' })).to.equal('[1]');
  });

  it('leaves encoded brackets to the URL inside the URL', () => {
    const uri = 'http://a/?next=http%3A%2F%2Fb%2F%3Fc%3D%5BCACHEBUSTING%5D';
    expect(fill(uri, { CACHEBUSTING: '1' })).to.equal(uri);
  });

  it('leaves a document in a data: URI alone', () => {
    const uri = 'data:text/xml,<VAST><Ad><InLine><Impression>[CACHEBUSTING]</Impression></InLine></Ad></VAST>';
    expect(fill(uri, { CACHEBUSTING: '1' })).to.equal(uri);
  });

  it('does not fill what a value brought in', () => {
    expect(fill('[PAGEURL]', { PAGEURL: '[IFA]', IFA: 'x' })).to.equal('%5BIFA%5D');
  });

  it('knows when something of one user or one impression went in', () => {
    expect(isPersonal('[IFA]', { IFA: 'x' })).to.equal(true);
    expect(isPersonal('[CACHEBUSTING]', { CACHEBUSTING: '00000001' })).to.equal(true);
    expect(isPersonal('[DOMAIN]', { DOMAIN: 'a.example', IFA: 'x' })).to.equal(false);
    expect(isPersonal('[IFA][DEVICEIP]', { IFA: -2 })).to.equal(false);
    expect(isPersonal('http://a/', { IFA: 'x' })).to.equal(false);
  });

  it('never throws, and what it writes holds no bracket, quote or space', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud800'), fc.array(fc.string())), (value) => {
        expect(fill('[PAGEURL]', { PAGEURL: value })).to.match(/^[\w.,~!'()*%-]*$/);
      }),
    );
  });
});
