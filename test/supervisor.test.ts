import { spawn } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { expect } from 'chai';
import { createSupervisor, type Supervisor } from '../src/supervisor.ts';
import { readSettings } from '../src/config.ts';
import { type LoadedSettings, readSettingFiles } from '../src/loaded-settings.ts';
import { startAdServer } from './support/ad-server.ts';
import { eventually } from './support/tools.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const FATED_WORKER = new URL('support/fated-worker.ts', import.meta.url).pathname;

const loadedWith = (env: Readonly<Record<string, string>>): LoadedSettings => {
  const settings = readSettings(env);
  return { settings, files: readSettingFiles(settings) };
};

describe('createSupervisor', () => {
  it('tells once what keeps workers from listening, and ends with 1', async () => {
    await using other = await startAdServer();
    const env = { HOST: '127.0.0.1', PORT: new URL(other.base).port, ADMIN_PORT: '0', WORKERS: '3' };
    const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'], ...env } });
    let written = '';
    child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).to.equal(1);
    expect(written.match(/EADDRINUSE/g)).to.have.length(1);
    expect(written).to.contain('HOST and PORT').and.not.contain('    at ');
  });

  describe('where workers end', () => {
    let supervisor: Supervisor;
    let ends: string[];
    let loaded: LoadedSettings;
    /** Each rest before a replacement, in ms. */
    let rests: number[];
    let born = 0;
    const count = (): void => void (born += 1);

    before(() => {
      cluster.setupPrimary({ exec: FATED_WORKER, execArgv: [] });
      cluster.on('fork', count);
    });
    beforeEach(() => {
      [ends, rests] = [[], []];
      loaded = loadedWith({ PORT: '1' });
    });
    afterEach(() => supervisor.close(5000));
    after(() => {
      cluster.off('fork', count);
      delete process.env['FATES'];
      delete process.env['FIRST_ID'];
    });

    /** Settles when the first that is to live listens; each look at the clock is `ageMs` after the one before. */
    const startOne = async (fates: readonly string[], ageMs: number): Promise<void> => {
      const firstId = born + 1;
      let now = 0;
      const note = (_pid: number | undefined, reason: string): void => void ends.push(reason);
      const rest = (ms: number): Promise<void> => {
        expect(supervisor.ready(), 'nobody listens, and it is not said that anybody does').to.deep.equal([]);
        rests.push(ms);
        return Promise.resolve();
      };
      supervisor = createSupervisor(1, note, () => (now += ageMs), rest);
      Object.assign(process.env, { FATES: fates.join(' '), FIRST_ID: String(firstId) });
      await supervisor.start(() => loaded);
      const survivor = firstId + fates.length;
      await eventually(() => Promise.resolve(supervisor.ready().includes(survivor)), 'a worker that lives');
    };

    it('waits twice as long each time, ten seconds at most, while they die young', async () => {
      await startOne(Array<string>(9).fill('young'), 0);
      expect(rests).to.deep.equal([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
      expect(ends).to.deep.equal(Array<string>(9).fill('4'));
    });

    it('waits likewise where they do not come to listen', async () => {
      await startOne(['young', 'stillborn', 'stillborn'], 0);
      expect(rests).to.deep.equal([100, 200, 400]);
      expect(ends[1]).to.equal('A worker ended with 3 before it was ready.');
    });

    it('replaces one at once that had lived for a while', async () => {
      await startOne(['young', 'young'], 10_000);
      expect(rests).to.deep.equal([0, 0]);
    });

    it('has those drain too that come when it does', async () => {
      await startOne([], 0);
      const states = async (): Promise<readonly string[]> => [...(await supervisor.ask('metrics')).values()];
      expect(await states()).to.deep.equal(['serving']);
      supervisor.drain();
      expect(await states()).to.deep.equal(['draining']);
      const [old] = supervisor.ready();
      cluster.workers![old!]!.process.kill('SIGKILL');
      await eventually(() => Promise.resolve(supervisor.ready().some((id) => id !== old)), 'another worker');
      expect(await states()).to.deep.equal(['draining']);
    });

    it('sends each worker the settings of now, which those have too that were born before', async () => {
      await startOne([], 0);
      const portOf = async (): Promise<readonly object[]> => [...(await supervisor.ask('hosts', '5m')).values()];
      expect(await portOf()).to.deep.equal([{ PORT: 1 }]);
      loaded = loadedWith({ PORT: '2' });
      await supervisor.ask('reload', loaded);
      expect(await portOf()).to.deep.equal([{ PORT: 2 }]);
      const [old] = supervisor.ready();
      cluster.workers![old!]!.process.kill('SIGKILL');
      await eventually(() => Promise.resolve(supervisor.ready().some((id) => id !== old)), 'another worker');
      expect(await portOf()).to.deep.equal([{ PORT: 2 }]);
    });

    it('replaces nobody once it is closed', async () => {
      await startOne([], 0);
      const bornBefore = born;
      await supervisor.close(5000);
      expect(supervisor.ready()).to.deep.equal([]);
      expect([born, rests, ends]).to.deep.equal([bornBefore, [], []]);
    });
  });
});
