import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireTool, temporaryFolder } from '../support/tools.ts';
import { expect } from 'chai';

const SAMPLE = join(import.meta.dirname, '../../samples/prebid/java');
const run = promisify(execFile);

describe('the hook of samples/prebid/java', function () {
  // compilers that start cold
  this.timeout(120_000);

  it('compiles, and ends on the event loop that it was called on', async function () {
    for (const command of ['javac', 'mvn']) {
      if (spawnSync(command, ['-version']).status === 0) continue;
      console.log(`      skipped: no ${command} here`);
      this.skip();
    }
    const libraries = join(requireTool(this, 'java'), '*');
    using classes = temporaryFolder();
    const sources = ['-sourcepath', 'signatures:.', 'UnwrapHookTest.java'];
    await run('javac', ['-d', classes.path, '-cp', libraries, ...sources], { cwd: SAMPLE });
    const { stdout } = await run('java', ['-cp', `${classes.path}:${libraries}`, 'UnwrapHookTest'], { cwd: SAMPLE });
    expect(stdout).to.equal('ok\n');
  });
});
