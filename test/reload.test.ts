import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { SettingsError } from '../src/config.ts';
import { loadSettings, type LoadedSettings } from '../src/loaded-settings.ts';
import { createReload } from '../src/reload.ts';
import { startAdServer } from './support/ad-server.ts';
import { type ServiceProcess, startServiceProcess } from './support/service-process.ts';
import { eventually, temporaryFolder } from './support/tools.ts';
import { inLineAd, vast } from './support/vast-text.ts';

describe('createReload', () => {
  const lines: [string, string, unknown][] = [];
  const line =
    (level: string) =>
    (facts: unknown, message = ''): void =>
      void lines.push(typeof facts === 'string' ? [level, facts, null] : [level, message, facts]);
  const logger = { info: line('info'), warn: line('warn'), error: line('error') };

  it('hands on what can change, names the rest, and keeps all where anything is wrong', () => {
    let env: Record<string, string> = { PORT: '1' };
    const taken: LoadedSettings[] = [];
    const load = () => {
      if (env['broken']) throw new SettingsError(['PORT=x: must be a number']);
      return loadSettings(env);
    };
    const reload = createReload(loadSettings(env), load, (loaded) => taken.push(loaded), logger);
    env = { PORT: '2', LOG_LEVEL: 'debug', LOG_LEVLE: 'debug' };
    reload();
    expect(taken.map(({ settings }) => [settings.PORT, settings.LOG_LEVEL])).to.deep.equal([[1, 'debug']]);
    env = { broken: 'yes' };
    reload();
    expect(taken).to.have.length(1);
    env = { PORT: '1', LOG_LEVEL: 'debug' };
    reload();
    expect(lines).to.deep.equal([
      ['warn', 'LOG_LEVLE is no setting: did you mean LOG_LEVEL?', null],
      ['info', 'settings read again', { changed: ['LOG_LEVEL'] }],
      ['warn', 'these settings need a new process', { settings: ['PORT'] }],
      ['error', 'settings cannot be used: those of before stay in force', { mistakes: ['PORT=x: must be a number'] }],
      ['info', 'settings read again', { changed: [] }],
    ]);
  });
});

describe('SIGHUP', () => {
  for (const workers of ['1', '2']) {
    it(`has the service go by what stands in its files now, with ${workers} process${workers === '1' ? '' : 'es'}`, async () => {
      await using ads = await startAdServer({ '/inline': vast(inLineAd()) });
      using folder = temporaryFolder();
      const at = (name: string): string => join(folder.path, name);
      const write = (allow: string, severity: string, ttlMs: unknown): void => {
        writeFileSync(
          at('settings'),
          `EGRESS_ALLOW=${allow}\nVALIDATION_RULES=${at('rules')}\nCACHE_RULES=${at('cache')}`,
        );
        writeFileSync(at('rules'), JSON.stringify({ 'quality/one-rendition': severity }));
        writeFileSync(at('cache'), JSON.stringify([{ host: '*', ttlMs }]));
      };
      write('127.0.0.1', 'error', 60_000);
      const env = { SETTINGS_FILE: at('settings'), EGRESS_ALLOW: '', WORKERS: workers };
      await using service = await startServiceProcess(env);
      const reload = async (...[allow, severity, ttlMs]: Parameters<typeof write>): Promise<void> => {
        write(allow, severity, ttlMs);
        const told = (): number => service.output().match(/settings (read again|cannot be used)/g)?.length ?? 0;
        const before = told();
        service.child.kill('SIGHUP');
        await eventually(() => Promise.resolve(told() > before), 'the log to tell');
      };
      const see = async (path = '/inline'): Promise<string> => {
        // as many as reach each process, however busy one is
        const seen = await Promise.all(Array.from({ length: 6 }, () => look(service, ads.base + path)));
        return [...new Set(seen)].join(' or ');
      };

      expect(await see()).to.equal('resolved error');
      await reload('127.0.0.1', 'warning', 60_000);
      await eventually(async () => (await see()) === 'resolved warning', 'the rules to be others');
      await reload('127.0.0.1', 'off', 'broken');
      expect(await see()).to.equal('resolved warning');
      expect(service.output()).to.contain('ttlMs').and.contain('stay in force');
      await reload('10.0.0.1', 'warning', 0);
      await eventually(async () => (await see('/inline?fresh')) === 'blocked -', 'the host to be let in no more');
      await reload('127.0.0.1', 'warning', 0);
      await eventually(async () => (await see('/inline?fresh')) === 'resolved warning', 'the host to be let in again');
      await service.stop();
    });
  }
});

/** Status, and the severity of the finding whose severity is set. */
async function look(service: ServiceProcess, url: string): Promise<string> {
  const answer = await service.unwrap({ url, tmax: 1000, findings: true }, { Connection: 'close' });
  const findings = answer['findings'] as readonly { readonly rule: string; readonly severity: string }[];
  return `${answer.status} ${findings.find(({ rule }) => rule === 'quality/one-rendition')?.severity ?? '-'}`;
}
