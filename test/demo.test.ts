import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

describe('npm run demo', () => {
  it('unwraps a chain and saves what was found of a slow one', async () => {
    const demo = resolve(import.meta.dirname, '../samples/demo.ts');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [demo, '20']);
    expect(stderr).to.equal('');
    expect(stdout.match(/^(resolved|collapsed) {2}.*wrappers/gm)).to.have.length(3);
    expect(stdout).to.contain('https://ssp.example/impression').and.to.contain('hit').and.to.contain('deadline passed');
    const widest = stdout
      .split('\n')
      .filter((line) => /^ {2}\d {2}/.test(line))
      .map((line) => line.length);
    expect(Math.max(...widest)).to.be.at.most(120);
  });
});
