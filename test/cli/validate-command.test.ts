import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { runCli } from '../../src/cli.ts';
import type { MediaVerdict } from '../../src/validation/media-verdict.ts';
import { startAdServer, type AdServer } from '../support/ad-server.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const sample = (path: string): string => readFileSync(join(SAMPLES, 'unwrap', path), 'utf8');
const GOOD = join(SAMPLES, 'unwrap/one-inline/0.xml');
const UNVERSIONED = join(SAMPLES, 'validation/document/version-missing/fail-1.xml');

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

async function validate(args: readonly string[], stdin = ''): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const code = await runCli(['validate', ...args], {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
  });
  return { code, ...written };
}

describe('validateCommand', () => {
  let folder: string;
  let ads: AdServer;
  const file = (name: string): string => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vast-unwrap-'));
    await Promise.all([
      writeFile(file('broken.xml'), '<VAST version="4.0">\n<Ad>'),
      writeFile(file('off.json'), '{ "document/version-missing": "off" }'),
      writeFile(file('error.json'), '{ "document/version-missing": "error" }'),
      writeFile(file('wrong.json'), '{ "url/none": "off" }'),
      writeFile(file('imp.json'), '{ "video": { "mimes": ["video/webm"] } }'),
      writeFile(file('bad-imp.json'), '{ "video": { "mimes": 3 } }'),
    ]);
    ads = await startAdServer({ '/broken.xml': '<VAST version="4.0">' });
  });
  after(async () => {
    await ads[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('finds nothing to fail on in a good document, of a file and of standard input', async () => {
    const runs = await Promise.all([validate([GOOD]), validate(['-'], '<VAST version="4.2"/>')]);
    expect(runs.map(({ code, stderr }) => [code, stderr])).to.deep.equal([
      [0, ''],
      [0, ''],
    ]);
  });

  it('points at file and line of what is wrong, and fails', async () => {
    const { code, stdout } = await validate([file('broken.xml')]);
    expect(code).to.equal(1);
    expect(stdout).to.contain(`${file('broken.xml')}:2  error  document/`);
    expect(stdout).to.match(/\n1 error, /);
  });

  it('fails on warnings where asked, and as the file of severities says', async () => {
    const codes = async (...args: string[]): Promise<number> => (await validate([UNVERSIONED, ...args])).code;
    expect(await codes()).to.equal(0);
    expect(await codes('--fail-on', 'warning')).to.equal(1);
    expect(await codes('--rules', file('error.json'))).to.equal(1);
    const { stdout } = await validate([UNVERSIONED, '--rules', file('off.json')]);
    expect(stdout).not.to.contain('document/version-missing');
  });

  it('holds the document against an imp', async () => {
    const { code, stdout } = await validate([GOOD, '--imp', file('imp.json'), '--format', 'json']);
    expect(code).to.equal(1);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
    expect(findings.map(({ rule }) => rule).join()).to.contain('openrtb/');
  });

  it('reads a document whatever it says of its encoding, and says what is odd', async () => {
    const unknown = await validate(['-'], '<?xml version="1.0" encoding="EBCDIC-CP-US"?><VAST version="4.2"/>');
    expect([unknown.code, unknown.stderr]).to.deep.equal([0, '']);
    expect(unknown.stdout).to.contain('EBCDIC-CP-US').and.contain('warning');
    await using server = await startAdServer();
    server.route('/koi8', { body: '<VAST version="4.2"/>', headers: { 'content-type': 'text/xml; charset=koi8-r' } });
    const fetched = await validate([`${server.base}/koi8`, '--allow', '127.0.0.1']);
    expect([fetched.code, fetched.stderr]).to.deep.equal([0, '']);
  });

  it('fetches a URL once, through the guard', async () => {
    const url = `${ads.base}/broken.xml`;
    const refused = await validate([url]);
    expect([refused.code, refused.stdout, ads.requests.length]).to.deep.equal([2, '', 0]);
    expect(refused.stderr).to.contain(`cannot fetch ${url}`);
    const { code, stdout } = await validate([url, '--allow', '127.0.0.1', '--format', 'github']);
    expect([code, ads.requests.length]).to.deep.equal([1, 1]);
    expect(stdout).to.match(/^::error file=http%3A\/\/127\.0\.0\.1/);
  });

  it('looks at the media files where asked, and holds the document against them', async () => {
    ads.route('/page', { body: '<!DOCTYPE html>', headers: { 'content-type': 'text/html' } });
    const document = sample('one-inline/0.xml').replaceAll(/https:\/\/[^\]]*\.mp4/g, `${ads.base}/page`);
    expect((await validate(['-', '--probe', 'off'], document)).stdout).not.to.contain('/page\n');
    const look = ['-', '--probe', 'wait', '--allow', '127.0.0.1'];
    const shown = await validate(look, document);
    expect([shown.code, shown.stderr]).to.deep.equal([1, '']);
    expect(shown.stdout)
      .to.contain('error  media/type')
      .and.to.contain(`\n  read         text/html · 15 B\n               ${ads.base}/page\n`);
    const { stdout } = await validate([...look, '--format', 'json'], document);
    const { media } = JSON.parse(stdout) as { media: MediaVerdict[] };
    expect(media[0]).to.include({ url: `${ads.base}/page`, outcome: 'read', httpStatus: 200, type: 'text/html' });
    const refused = await validate(['-', '--probe', 'wait'], document);
    expect(refused.stdout).to.match(/^ {2}unreachable .*the egress guard refused/m);
  });

  it('says what is wrong with its use, and exits with 2', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /say what to validate/],
      [[GOOD, '--format', 'xml'], /--format must be one of text, json, sarif, github/],
      [[GOOD, '--fail-on', 'info'], /--fail-on must be one of/],
      [[GOOD, '--probe', 'background'], /--probe must be one of off, wait/],
      [[GOOD, '--json'], /--json/],
      [[GOOD, '--rules', file('wrong.json')], /wrong\.json: url\/none: there is no such rule/],
      [[GOOD, '--imp', file('bad-imp.json')], /imp\.video\.mimes/],
      [[file('missing.xml')], /cannot read .*missing\.xml/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await validate(args);
      expect([code, stdout], args.join(' ')).to.deep.equal([2, '']);
      expect(stderr).to.match(message).and.to.contain('--help');
    }
  });

  it('explains itself', async () => {
    const { code, stdout } = await validate(['--help']);
    expect([code, stdout]).to.satisfy(([status, text]: [number, string]) => status === 0 && text.includes('--fail-on'));
  });
});
