import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { curlOf } from '../../src/debug/curl.ts';
import { redactFor, SHOW_ALL } from '../../src/debug/redact.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';

const API = { base: 'http://10.0.0.5:8080', maxTmaxMs: 1000 };

describe('curlOf', () => {
  /** The words that a shell makes of the command. */
  const wordsOf = (command: string): readonly string[] =>
    execFileSync('sh', ['-c', `curl() { for word; do printf '%s\\0' "$word"; done; }; ${command}`])
      .toString()
      .split('\0');

  it('is one call of the service, whatever stands in the document', () => {
    const adm = `<VAST a='1'>$(id) \`id\` "\\n"\n<!-- ' ; id --></VAST>`;
    const words = wordsOf(curlOf({ request: unwrapRequest({ adm }), tmaxMs: 900 }, API, SHOW_ALL));
    expect(words[1]).to.equal('http://10.0.0.5:8080/v1/unwrap?include=trackers');
    expect(JSON.parse(words.at(-2)!)).to.deep.equal({
      adm,
      tmax: 900,
      options: { maxWrappers: 5, onTimeout: 'none', probe: 'off' },
    });
  });

  it('asks for no more time than the API takes, and has all values for whoever ran it', () => {
    const request = unwrapRequest(
      { url: 'https://a.example/?iu=/1/a&ip=192.0.2.7' },
      {
        device: { ip: '192.0.2.7', geo: { lat: 52.5 } },
        user: { id: 'me' },
        macros: { X: 'y' },
        options: { repair: true, profile: 'ctv' },
      },
    );
    const own = JSON.parse(wordsOf(curlOf({ request, tmaxMs: 5000 }, API, SHOW_ALL)).at(-2)!) as object;
    expect(own).to.deep.include({
      url: 'https://a.example/?iu=/1/a&ip=192.0.2.7',
      tmax: 1000,
      device: { ip: '192.0.2.7', geo: { lat: 52.5 } },
      user: { id: 'me' },
      macros: { X: 'y' },
    });
    expect(own).to.have.nested.property('options.repair', true);
    expect(own).to.have.nested.property('options.profile', 'ctv');
    const shared = JSON.parse(wordsOf(curlOf({ request, tmaxMs: 5000 }, API, redactFor(request))).at(-2)!) as object;
    expect(shared).to.deep.include({ device: { ip: 'REDACTED', geo: {} }, user: { id: 'REDACTED' } });
    expect(shared).to.have.property('url', 'https://a.example/?iu=/1/a&ip=REDACTED');
  });

  it('redacts what may name a person', () => {
    const request = unwrapRequest(
      { url: 'https://a.example/?token=CANARY' },
      {
        device: { ua: 'UA', ip: 'CANARY', ifa: 'CANARY' },
        user: { id: 'CANARY', consent: 'CANARY' },
        regs: { gdpr: 1 },
        site: { page: 'https://site.example/article?session=CANARY' },
      },
    );
    const command = curlOf({ request, tmaxMs: 1 }, API, redactFor(request));
    expect(command).not.to.include('CANARY');
    expect(command)
      .to.include('"ua":"UA"')
      .and.include('"gdpr":1')
      .and.include('token=REDACTED')
      .and.include('site.example/article');
  });
});
