import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { VERSION } from '../src/version.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

describe('main', () => {
  it('runs the service with the arguments of the command line', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--version']);
    expect(stdout).to.equal(`${VERSION}\n`);
  });

  it('keeps what was compiled for the next process', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'compiled-'));
    const env = { ...process.env, NODE_COMPILE_CACHE: directory };
    await promisify(execFile)(process.execPath, [MAIN, '--print-config'], { env });
    const kept = await readdir(directory, { recursive: true });
    await rm(directory, { recursive: true });
    expect(kept).to.have.length.above(10);
  });
});
