import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { runCli } from '../src/cli.ts';
import { VERSION } from '../src/version.ts';
import { startAdServer, type AdServer } from './support/ad-server.ts';
import { adBreak, tagSource, vmapOf } from './support/vmap-text.ts';

const ROOT = resolve(import.meta.dirname, '..');
const sample = (path: string): string => readFileSync(join(ROOT, 'samples/unwrap', path), 'utf8');

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

async function cli(args: readonly string[], stdin = ''): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const code = await runCli(args, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { write: (text) => (written.stdout += stripVTControlCharacters(text)) },
    stderr: { write: (text) => (written.stderr += text) },
  });
  return { code, ...written };
}

describe('the command line', () => {
  let ads: AdServer;
  let folder: string;
  const allow = ['--allow', '127.0.0.1'];

  before(async () => {
    const names = ['0.xml', '1.xml', '2.xml'];
    ads = await startAdServer(Object.fromEntries(names.map((name) => [`/${name}`, sample(`two-wrappers/${name}`)])));
    folder = await mkdtemp(join(tmpdir(), 'vast-unwrap-'));
    await writeFile(join(folder, 'ad.xml'), sample('one-inline/0.xml'));
    await writeFile(join(folder, 'imp.json'), '{"video": {"mimes": 3}}');
    await writeFile(join(folder, 'not.json'), '{');
  });
  after(async () => {
    await ads[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('tells its version', async () => {
    expect(await cli(['--version'])).to.deep.equal({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  it('shows the chain of a tag as a waterfall', async () => {
    const { code, stdout, stderr } = await cli([
      `${ads.base}/0.xml`,
      ...allow,
      '--ua',
      'Player/1',
      '--ip',
      '203.0.113.7',
    ]);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/^resolved {2}2 wrappers/);
    expect(stdout).to.match(/^ {2}2 .* inline /m);
    const { headers } = ads.requests[0]!;
    expect([headers['x-device-user-agent'], headers['x-device-ip']]).to.deep.equal(['Player/1', '203.0.113.7']);
  });

  it('prints the document alone, of a file, of standard input', async () => {
    const document = sample('one-inline/0.xml');
    const runs = await Promise.all([cli([join(folder, 'ad.xml'), '--xml']), cli(['-', '--xml'], document)]);
    expect(runs).to.deep.equal([
      { code: 0, stdout: document, stderr: '' },
      { code: 0, stdout: document, stderr: '' },
    ]);
  });

  it('prints the report as JSON', async () => {
    const { code, stdout } = await cli([`${ads.base}/missing`, ...allow, '--json', '--tmax', '2000']);
    expect(code).to.equal(1);
    expect(JSON.parse(stdout)).to.deep.include({ status: 'unreachable', vastError: 301, adm: null });
  });

  it('looks at the media files where asked', async () => {
    const document = sample('one-inline/0.xml').replaceAll(/https:\/\/[^\]]*\.mp4/g, `${ads.base}/missing`);
    const { code, stdout } = await cli(['-', ...allow, '--probe', 'wait'], document);
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/^rejected {2}media\/unreachable · VAST error 401/)
      .and.to.match(/^ {2}unreachable {2}.*status 404$/m);
    expect((await cli(['-', ...allow], document)).code).to.equal(0);
  });

  it('asks no private address that it was not allowed', async () => {
    const { code, stdout } = await cli([`${ads.base}/0.xml`]);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^blocked {2}egress-blocked/);
  });

  it('says what is wrong with its use, and exits with 2', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /say what to unwrap/],
      [['a.xml', 'b.xml'], /one URL or file at a time/],
      [['--nonsense', 'a.xml'], /--nonsense/],
      [[join(folder, 'missing.xml')], /cannot read .*missing\.xml \(ENOENT\)/],
      [['--json', '--xml', 'a.xml'], /one of --json and --xml/],
      [['--tmax', 'soon', join(folder, 'ad.xml')], /tmax/],
      [['--allow', 'a b', join(folder, 'ad.xml')], /EGRESS_ALLOW/],
      [['--imp', join(folder, 'not.json'), join(folder, 'ad.xml')], /not\.json is not JSON/],
      [['--imp', join(folder, 'imp.json'), join(folder, 'ad.xml')], /imp\.video\.mimes/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await cli(args);
      expect([code, stdout], args.join(' ')).to.deep.equal([2, '']);
      expect(stderr).to.match(message).and.to.contain('--help');
    }
  });

  it('explains itself, run as a script by a link', async () => {
    const link = join(folder, 'vast-unwrap');
    await symlink(join(ROOT, 'src/cli.ts'), link);
    const { stdout } = await promisify(execFile)(process.execPath, [link, '--help']);
    expect(stdout).to.match(/^Usage: vast-unwrap <url/);
  });

  it('lists the breaks of a VMAP document, each unwrapped', async () => {
    const document = vmapOf(
      adBreak(tagSource(`${ads.base}/0.xml`)),
      adBreak('', 'timeOffset="end" breakType="linear"'),
    );
    const { code, stdout } = await cli(['vmap', '-', ...allow], document);
    expect(stdout)
      .to.contain('VMAP 1.0: 2 ad breaks')
      .and.to.contain('Break 1: start, linear, pre')
      .and.to.match(/resolved/);
    expect(code).to.equal(0);
    const json = JSON.parse((await cli(['vmap', '-', '--json', ...allow], document)).stdout) as { breaks: unknown[] };
    expect(json.breaks).to.have.length(2);
    expect((await cli(['vmap', '-'], '<VAST version="3.0"/>')).code).to.equal(1);
    expect((await cli(['vmap', '-', '--xml'], document)).code).to.equal(2);
  });
});
