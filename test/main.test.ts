import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { VERSION } from '../src/version.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

describe('main', () => {
  it('runs the service with the arguments of the command line', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--version']);
    expect(stdout).to.equal(`${VERSION}\n`);
  });
});
