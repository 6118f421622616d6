import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type EgressRulesResult,
  egressWarnings,
  parseEgressRules,
  readEgressRules,
} from '../../src/egress/egress-rules.ts';
import { createAuthority } from '../support/certificates.ts';

const client = createAuthority().issue('client.example');

describe('parseEgressRules', () => {
  const files: Readonly<Record<string, string>> = { 'canary.pem': client.cert, 'canary.key': client.key };
  const parse = (rules: unknown, env: Readonly<Record<string, string>> = {}): EgressRulesResult =>
    parseEgressRules(
      typeof rules === 'string' ? rules : JSON.stringify(rules),
      (file) => (files[file] === undefined ? { problem: 'cannot be read (ENOENT)' } : { text: files[file] }),
      env,
    );

  it('reads every field', () => {
    const rule = {
      host: '*.Ads.example',
      cert: 'canary.pem',
      key: 'canary.key',
      ca: 'canary.pem',
      headers: { Authorization: 'Bearer ${TOKEN}' },
      ip: 'truncate',
      ua: 'generic',
      ifa: false,
      askWithoutConsent: false,
      perSecond: 50,
      maxInFlight: 64,
    };
    expect(parse([rule], { TOKEN: 't' })).to.deep.equal({
      ok: true,
      rules: [
        {
          host: '*.ads.example',
          tls: { cert: client.cert, key: client.key, ca: client.cert },
          headers: { authorization: 'Bearer t' },
          withCredentials: true,
          disclosure: { ip: 'truncate', ua: 'generic', ifa: false },
          askWithoutConsent: false,
          perSecond: 50,
          maxInFlight: 64,
        },
      ],
    });
  });

  it('tells all, asks for all and limits nothing where nothing is said', () => {
    const read = parse([{ host: '*' }]);
    expect(read.ok && read.rules[0]).to.deep.equal({
      host: '*',
      tls: {},
      headers: {},
      withCredentials: false,
      disclosure: { ip: 'full', ua: 'full', ifa: true },
      askWithoutConsent: true,
      perSecond: null,
      maxInFlight: null,
    });
    expect(parse([])).to.deep.equal({ ok: true, rules: [] });
  });

  it('finds all mistakes at once, each with its rule, and names no file and no value', () => {
    const read = parse([
      { cert: 'canary-file.pem' },
      { host: 'https://a.example', ip: 'half', ua: 1, ifa: 'no', askWithoutConsent: 0, perSecond: 0, maxInFlight: 1.5 },
      { host: 'a.example', headers: ['canary'], hosts: 'canary', key: '' },
      { host: 'b.example', cert: 'canary.pem', headers: { 'x-a': '${CANARY_NAME}', host: 'canary' } },
      'canary',
    ]);
    const patterns = [
      /^rule 1: "host" must be a host name/,
      /^rule 1: "cert": the file cannot be read \(ENOENT\)/,
      /^rule 2: "host" must/,
      /^rule 2: "ip" must be "full", "truncate" or "none"/,
      /^rule 2: "ua" must/,
      /^rule 2: "ifa" must be true or false/,
      /^rule 2: "askWithoutConsent" must/,
      /^rule 2: "perSecond" must be a whole number, 1 to/,
      /^rule 2: "maxInFlight" must/,
      /^rule 3: "headers" must be an object/,
      /^rule 3: "hosts" is not known: the fields are host, cert,/,
      /^rule 3: "key" must be the path of a file/,
      /^rule 4: "headers": "x-a": the variable CANARY_NAME is not set/,
      /^rule 4: "headers": "host" is written by the service/,
      /^rule 4: "key" is missing/,
      /^rule 5 must be an object/,
    ];
    const mistakes = read.ok ? [] : read.mistakes;
    patterns.forEach((pattern, index) => expect(mistakes[index]).to.match(pattern));
    expect(mistakes).to.have.length(patterns.length);
    expect(mistakes.join()).not.to.contain('canary');
  });

  it('wants a list, as JSON', () => {
    for (const text of ['', '{}', '[', 'null', '"x"']) {
      const read = parse(text);
      expect(read.ok ? [] : read.mistakes, text).to.have.length(1);
      expect(!read.ok && read.mistakes[0]).to.contain('a list of rules, such as [');
    }
  });
});

describe('egressWarnings', () => {
  it('names the rules whose certificates do not hold', () => {
    const rules = parseEgressRules(
      '[{ "host": "a.example" }, { "host": "b.example", "cert": "c", "key": "k" }]',
      (file) => ({ text: file === 'c' ? client.cert : client.key }),
      {},
    );
    const now = Date.now();
    expect(egressWarnings(rules.ok ? rules.rules : [], now)).to.deep.equal([]);
    const later = egressWarnings(rules.ok ? rules.rules : [], now + 90 * 86_400_000);
    expect(later).to.have.length(1);
    expect(later[0]).to.match(/^EGRESS_RULES: rule 2: "cert" holds no longer/);
  });
});

describe('readEgressRules', () => {
  it('finds files beside that of the rules, and says what is wrong with which', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rules-'));
    const path = join(directory, 'rules.json');
    await writeFile(join(directory, 'canary.pem'), client.cert);
    await writeFile(join(directory, 'canary.key'), client.key);
    await writeFile(path, JSON.stringify([{ host: '*', cert: 'canary.pem', key: join(directory, 'canary.key') }]));
    const read = readEgressRules(path, {});
    expect(read.ok && read.rules[0]!.tls).to.deep.equal(client);
    await rm(join(directory, 'canary.key'));
    const gone = readEgressRules(path, {});
    expect(gone).to.deep.equal({
      ok: false,
      mistakes: [`EGRESS_RULES=${path}: rule 1: "key": the file cannot be read (ENOENT)`],
    });
    await rm(directory, { recursive: true });
    expect(readEgressRules(path, {})).to.deep.equal({
      ok: false,
      mistakes: [`EGRESS_RULES=${path}: the file cannot be read (ENOENT)`],
    });
  });
});
