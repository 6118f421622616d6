import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { VERSION } from '../src/version.ts';
import { startAdServer } from './support/ad-server.ts';
import { SETTINGS } from '../src/settings-table.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const FREE_PORTS = { HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0', EGRESS_ALLOW: '127.0.0.1' };

function start(env: Record<string, string>, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'], ...env } });
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let [out, err] = ['', ''];
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

describe('the service as a program', () => {
  it('prints the settings with --print-config, and ends', async () => {
    const { code, out } = await outcome(start({ PORT: '9000' }, '--print-config'));
    expect(code).to.equal(0);
    expect(out).to.contain('PORT=9000\n');
    expect(out.trimEnd().split('\n')).to.have.length(Object.keys(SETTINGS).length);
  });

  it('checks the settings and the files that they name with --check-config, and ends', async () => {
    const right = await outcome(start({ PROT: '9000' }, '--check-config'));
    expect([right.code, right.out]).to.deep.equal([0, 'The settings can be used.\n']);
    expect(right.err).to.contain('PROT').and.contain('PORT');
    const wrong = await outcome(start({ VALIDATION_RULES: '/nowhere/rules.json' }, '--check-config'));
    expect([wrong.code, wrong.out]).to.deep.equal([1, '']);
    expect(wrong.err).to.contain('VALIDATION_RULES');
  });

  it('has --help and --version', async () => {
    const help = await outcome(start({}, '--help'));
    expect([help.code, help.err]).to.deep.equal([0, '']);
    expect(help.out).to.contain('--check-config');
    expect(await outcome(start({}, '--version'))).to.deep.equal({ code: 0, out: `${VERSION}\n`, err: '' });
  });

  for (const args of [['--port=80'], ['8080'], ['--print-config=yes']]) {
    it(`refuses ${args.join(' ')} with the usage, and ends with 2`, async () => {
      const { code, out, err } = await outcome(start({}, ...args));
      expect([code, out]).to.deep.equal([2, '']);
      expect(err).to.contain('Usage').and.not.contain('    at ');
    });
  }

  for (const WORKERS of ['1', '2']) {
    it(`ends at once when it is asked to before it listens, with ${WORKERS} of WORKERS`, async () => {
      const child = start({ ...FREE_PORTS, WORKERS, WARM_UP_MS: '10000', PROT: '9000' });
      child.stdout!.once('data', () => child.kill('SIGTERM'));
      const { code, out } = await outcome(child);
      expect([code, child.signalCode]).to.deep.equal([0, null]);
      expect(out).to.contain('PROT').and.not.contain('"listening"');
    });
  }

  it('tells all mistakes in the settings, and ends with 1', async () => {
    const { code, err, out } = await outcome(start({ PORT: 'x', ADMIN_HOST: '0.0.0.0', TMAX_MAX_MS: '0' }));
    expect(code).to.equal(1);
    expect(out).to.equal('');
    expect(err).to.contain('PORT=x').and.contain('ADMIN_TOKEN').and.contain('TMAX_MAX_MS=0').and.not.contain('    at ');
  });

  it('refuses a protocol of OTLP that there is not', async () => {
    const { code, err } = await outcome(start({ ...FREE_PORTS, OTEL_EXPORTER_OTLP_PROTOCOL: 'thrift' }));
    expect(code).to.equal(1);
    expect(err).to.contain('OTEL_EXPORTER_OTLP_PROTOCOL=thrift').and.contain('grpc').and.not.contain('    at ');
  });

  it('tells of a file with rules that cannot be read', async () => {
    const { code, err } = await outcome(start({ ...FREE_PORTS, CACHE_RULES: '/nowhere/rules.json' }));
    expect(code).to.equal(1);
    expect(err).to.contain('CACHE_RULES').and.not.contain('    at ');
  });

  it('tells of a port that is taken, and ends with 1', async () => {
    await using other = await startAdServer();
    const { code, err } = await outcome(start({ ...FREE_PORTS, PORT: new URL(other.base).port }));
    expect(code).to.equal(1);
    expect(err).to.contain('HOST and PORT').and.contain('EADDRINUSE').and.not.contain('    at ');
  });
});
