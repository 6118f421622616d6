import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { OLD_NODE } from './support/old-node.ts';

describe('every program on an old Node', () => {
  for (const program of ['src/main.ts', 'src/cli.ts']) {
    it(`${program} says one sentence, and ends with 1`, () => {
      const run = spawnSync(process.execPath, ['--import', OLD_NODE, program, '--help'], { encoding: 'utf8' });
      expect(run.stderr).to.match(/^vast-unwrap needs Node 22\.18 or later, and this is Node 20\.20\.2: [^\n]+\n$/);
      expect([run.status, run.stdout]).to.deep.equal([1, '']);
    });
  }
});
