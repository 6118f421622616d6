import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { curlOf } from '../../src/debug/curl.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';

describe('curlOf', () => {
  /** The words that a shell makes of the command. */
  const wordsOf = (command: string): readonly string[] =>
    execFileSync('sh', ['-c', `curl() { for word; do printf '%s\\0' "$word"; done; }; ${command}`])
      .toString()
      .split('\0');

  it('is one call of the service, whatever stands in the document', () => {
    const adm = `<VAST a='1'>$(id) \`id\` "\\n"\n<!-- ' ; id --></VAST>`;
    const words = wordsOf(curlOf({ request: unwrapRequest({ adm }), tmaxMs: 900 }));
    expect(words[1]).to.match(/\/v1\/unwrap/);
    expect(JSON.parse(words.at(-2)!)).to.deep.equal({
      adm,
      tmax: 900,
      options: { maxWrappers: 5, onTimeout: 'none', probe: 'off' },
    });
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
    const command = curlOf({ request, tmaxMs: 1 });
    expect(command).not.to.include('CANARY');
    expect(command)
      .to.include('"ua":"UA"')
      .and.include('"gdpr":1')
      .and.include('token=REDACTED')
      .and.include('site.example/article');
  });
});
