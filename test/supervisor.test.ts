import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { startAdServer } from './support/ad-server.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

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
});
