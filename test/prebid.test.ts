import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const SAMPLES = join(import.meta.dirname, '../samples/prebid');
const run = promisify(execFile);

/** Neither Go nor a JDK is asked for by anything else here, so that a machine without them does without these tests. */
function needCompiler(context: Mocha.Context, command: string, version: string): void {
  if (spawnSync(command, [version]).status === 0) return;
  console.log(`      skipped: no ${command} here`);
  context.skip();
}

describe('the adapters of samples/prebid', function () {
  // compilers that start cold

  it('compiles and tests the one for Prebid Server in Go', async function () {
    needCompiler(this, 'go', 'version');
    const cwd = join(SAMPLES, 'go');
    await run('go', ['vet', './...'], { cwd });
    expect((await run('go', ['test', './...'], { cwd })).stdout).to.match(/^ok\s/);
  });

  it('compiles and tests the one for Prebid Server in Java', async function () {
    needCompiler(this, 'javac', '-version');
    const classes = await mkdtemp(join(tmpdir(), 'unwrap-hook-'));
    try {
      const cwd = join(SAMPLES, 'java');
      await run('javac', ['-d', classes, '-sourcepath', 'signatures:.', 'UnwrapHookTest.java'], { cwd });
      expect((await run('java', ['-cp', classes, 'UnwrapHookTest'], { cwd })).stdout).to.equal('ok\n');
    } finally {
      await rm(classes, { recursive: true });
    }
  });
});
