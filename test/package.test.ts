import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { nodeProblem } from '../src/node-version.ts';
import { VERSION } from '../src/version.ts';
import { startAdServer } from './support/ad-server.ts';
import { temporaryFolder } from './support/tools.ts';

const ROOT = resolve(import.meta.dirname, '..');
const run = promisify(execFile);

const INLINE =
  '<VAST version="4.2"><Ad id="i"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><Impression>https://t.example/i</Impression><Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://cdn.example/v.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>';

/** A program that uses the types: it compiles only where they say what they should. */
const TYPED_PROGRAM = `
import { createUnwrap, type UnwrapReport } from 'vast-unwrap';
const { unwrap } = createUnwrap({ TMAX_DEFAULT_MS: 200 });
const report: UnwrapReport = await unwrap({ url: 'https://ads.example/vast' });
export const wrappers: number = report.wrappers;
// @ts-expect-error status is a word
export const status: number = report.status;
// @ts-expect-error there is no such setting
createUnwrap({ TMAX_DEFAULT: 200 });
`;

/** What the pages need of files that are no code of the service. */
const PAGE_FILES = [
  ['style.css', 'text/css'],
  ['icon.svg', 'image/svg+xml'],
  ['script.js', 'text/javascript'],
  ['modules/editor.js', 'text/javascript'],
] as const;

/** A Node on the machine that is too old, if there is one. */
async function oldNode(): Promise<string | null> {
  for (const path of ['/usr/local/bin/node', '/usr/bin/node'].filter((each) => existsSync(each))) {
    const { stdout } = await run(path, ['--version']);
    if (nodeProblem(stdout.slice(1).trim()) !== null) return path;
  }
  return null;
}

describe('the npm package, packed and installed in a clean folder', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const installed = join(folder.path, 'node_modules/vast-unwrap');
  let packed: readonly string[];

  before(async () => {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder.path], { cwd: ROOT });
    const [tarball] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [
      { readonly filename: string; readonly files: readonly { readonly path: string }[] },
    ];
    packed = tarball.files.map(({ path }) => path);
    await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
    const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', ...quick, join(folder.path, tarball.filename)], { cwd: folder.path });
  });
  after(() => folder[Symbol.dispose]());

  it('holds what is needed and nothing else', () => {
    const others = packed.filter((path) => !/^dist\/(.*\.(js|d\.ts)|admin\/browser\/\w+\.(css|svg))$/.test(path));
    expect(others).to.have.members(['LICENSE', 'README.md', 'package.json']);
  });

  it('is a command', async () => {
    await using ads = await startAdServer({ '/ad': INLINE });
    const command = join(folder.path, 'node_modules/.bin/vast-unwrap');
    const { stdout } = await run(command, [`${ads.base}/ad`, '--allow', '127.0.0.1', '--xml']);
    expect(stdout).to.contain('https://t.example/i');
    expect((await run(command, ['--version'])).stdout).to.equal(`${VERSION}\n`);
  });

  it('is a library', async () => {
    const program = `import { createUnwrap } from 'vast-unwrap';
      const { unwrap, close } = createUnwrap();
      console.log((await unwrap({ adm: process.argv[2] })).status);
      close();`;
    await writeFile(join(folder.path, 'program.js'), program);
    const { stdout } = await run(process.execPath, ['program.js', INLINE], { cwd: folder.path });
    expect(stdout).to.equal('resolved\n');
  });

  it('has types', async () => {
    await writeFile(join(folder.path, 'typed.ts'), TYPED_PROGRAM);
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
    const tsc = join(ROOT, 'node_modules/typescript-7/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, ...strict, 'typed.ts'], { cwd: folder.path }).catch(
      (error: { readonly stdout: string }) => error,
    );
    expect(stdout).to.equal('');
  });

  it('is a service', async () => {
    const env = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0', SHUTDOWN_DELAY_MS: '0' };
    const command = join(folder.path, 'node_modules/.bin/vast-unwrap-service');
    const child = spawn(command, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    let written = '';
    for await (const chunk of child.stdout) if ((written += String(chunk)).includes('"listening"')) break;
    const line = written.split('\n').find((each) => each.includes('"listening"'))!;
    const { public: base, admin } = JSON.parse(line) as { readonly public: string; readonly admin: string };
    const answer = await fetch(`${base}/v1/unwrap`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ adm: INLINE }),
    });
    expect(await answer.json()).to.include({ status: 'resolved' });
    for (const [file, type] of PAGE_FILES) {
      const reply = await fetch(`${admin}/debug/${file}`);
      expect([reply.status, reply.headers.get('content-type')], file).to.deep.equal([200, `${type}; charset=utf-8`]);
    }
    child.kill('SIGTERM');
    expect(await ended).to.deep.equal([0, null]);
  });

  it('says one sentence on an old Node', async function () {
    const old = await oldNode();
    // The same sentence on a Node that only says it is old: test/exit-on-old-node.test.ts.
    if (old === null) return;
    for (const program of ['cli.js', 'main.js']) {
      const error = (await run(old, [join(installed, 'dist', program)]).catch((thrown: unknown) => thrown)) as {
        readonly code: number;
        readonly stderr: string;
      };
      expect(error.code).to.equal(1);
      expect(error.stderr).to.match(/^vast-unwrap needs Node 22\.18 or later[^\n]+\n$/);
    }
  });
});
