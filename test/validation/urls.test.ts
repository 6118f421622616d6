import { expect } from 'chai';
import { hostOf, schemeOf, URL_ELEMENTS, withoutMacros } from '../../src/validation/urls.ts';
import { KNOWN_CHILDREN } from '../../src/vast/schema-additions.ts';

describe('schemeOf', () => {
  it('reads the scheme, and none of a relative URL', () => {
    const urls = ['HTTPS://a.example/', 'data:text/xml,', '//a.example/', 'a.example/x', ''];
    expect(urls.map(schemeOf)).to.deep.equal(['https', 'data', null, null, null]);
  });
});

describe('hostOf', () => {
  it('reads the host without port and user', () => {
    const urls = ['https://u:p@A.example:8443/x', 'http://[::1]:80/', 'https://a.example?x', 'data:x', '/x'];
    expect(urls.map(hostOf)).to.deep.equal(['a.example', '[::1]', 'a.example', null, null]);
  });
});

describe('URL_ELEMENTS', () => {
  it('are elements of VAST, each once', () => {
    const names = Object.values(KNOWN_CHILDREN).flatMap((row) => Object.values(row).join(' ').split(' '));
    const known = new Set(names.map((name) => name.replace(/\W+/g, '')));
    expect(URL_ELEMENTS.filter((name) => !known.has(name))).to.deep.equal([]);
    expect(new Set(URL_ELEMENTS).size).to.equal(URL_ELEMENTS.length);
  });
});

describe('withoutMacros', () => {
  it('makes a URL of one that is to be filled', () => {
    expect(withoutMacros('https://[DOMAIN]/?a=[X]&b=${Y}&c={{z}}')).to.equal('https://0/?a=0&b=0&c=0');
  });
});
