import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { MEDIA_URL_RULES } from '../src/creative/media-url-rules.ts';
import { SettingsError } from '../src/config.ts';
import { changesBetween, loadSettings, type LoadedSettings, withReloaded } from '../src/loaded-settings.ts';
import { temporaryFolder } from './support/tools.ts';

const PEM = '-----BEGIN CERTIFICATE-----';
const RULES = [{ host: 'ads.example', ttlMs: 1000, ignoreQuery: [] }];

describe('loadSettings', () => {
  it('reads the environment, its file, and the files that settings name', () => {
    using folder = temporaryFolder();
    const at = (name: string): string => join(folder.path, name);
    writeFileSync(at('settings'), `CACHE_RULES=${at('cache.json')}\nPORT=2\n`);
    writeFileSync(at('ca.pem'), PEM);
    writeFileSync(at('cache.json'), JSON.stringify(RULES));
    writeFileSync(at('severities.json'), '{ "quality/one-rendition": "off" }');
    writeFileSync(at('egress.json'), '[{ "host": "a.example", "perSecond": 5 }]');
    const env = {
      SETTINGS_FILE: at('settings'),
      VALIDATION_RULES: at('severities.json'),
      EGRESS_RULES: at('egress.json'),
      CACHE_CA: at('ca.pem'),
      PORT: '1',
      PROT: '3',
    };
    const { settings, files, warnings } = loadSettings(env);
    const { egressRules, mediaUrls, cacheTls, ...others } = files;
    expect(cacheTls).to.deep.equal({ ca: PEM, cert: null, key: null });
    expect(mediaUrls).to.equal(MEDIA_URL_RULES);
    expect(others).to.deep.equal({ cacheRules: RULES, severities: { 'quality/one-rendition': 'off' } });
    expect(egressRules.map(({ host, perSecond }) => [host, perSecond])).to.deep.equal([['a.example', 5]]);
    expect(settings).to.include({ PORT: 1, CACHE_RULES: at('cache.json') });
    expect(warnings).to.have.length(2);
    expect(warnings[0]).to.contain('PROT');
    expect(warnings[1]).to.contain('PORT of SETTINGS_FILE');
  });

  it('tells a file that is no PEM, and one that is not there', () => {
    const env = { CACHE_CA: import.meta.filename, CACHE_CERT: '/nowhere/cert.pem', CACHE_KEY: import.meta.filename };
    expect(() => loadSettings(env)).to.throw(SettingsError, /CACHE_CERT=.*cannot be read/);
    expect(() => loadSettings({ CACHE_CA: '/dev/null' })).to.throw(SettingsError, /CACHE_CA=.*is not PEM/);
  });

  it('tells the mistakes of all files at once', () => {
    const env = {
      CACHE_RULES: '/nowhere/a.json',
      EGRESS_RULES: '/nowhere/c.json',
      VALIDATION_RULES: '/nowhere/b.json',
    };
    expect(() => loadSettings(env)).to.throw(SettingsError, /CACHE_RULES=[^]*EGRESS_RULES=[^]*VALIDATION_RULES=/);
  });
});

describe('changesBetween and withReloaded', () => {
  const loaded = (env: Readonly<Record<string, string>>, files: Partial<LoadedSettings['files']> = {}) => {
    const read = loadSettings(env);
    return { settings: read.settings, files: { ...read.files, ...files } };
  };

  it('names settings whose values or files differ', () => {
    const before = loaded({ EGRESS_ALLOW: '10.0.0.1', PORT: '1' });
    expect(changesBetween(before, loaded({ EGRESS_ALLOW: '10.0.0.1', PORT: '1' }))).to.deep.equal([]);
    const after = loaded({ EGRESS_ALLOW: '10.0.0.2', PORT: '2' }, { cacheRules: RULES });
    expect(changesBetween(before, after)).to.deep.equal(['PORT', 'EGRESS_ALLOW', 'CACHE_RULES']);
  });

  it('takes over what can be', () => {
    const first = loaded({ PORT: '1', LOG_LEVEL: 'info', MAX_INFLIGHT: '5' });
    const read = loaded({ PORT: '2', LOG_LEVEL: 'debug', MAX_INFLIGHT: '6' }, { cacheRules: RULES });
    const next = withReloaded(first, read);
    expect(next.settings).to.include({ PORT: 1, LOG_LEVEL: 'debug', MAX_INFLIGHT: 5 });
    expect(next.files.cacheRules).to.equal(RULES);
    expect(changesBetween(next, read)).to.deep.equal(['PORT', 'MAX_INFLIGHT']);
  });
});
