import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { OLD_NODE } from './support/old-node.ts';

describe('the library on an old Node', () => {
  it('throws one sentence, and leaves the program to go on', () => {
    const program = "await import('./src/index.ts').catch((error) => console.log(error.message)); console.log('on');";
    const args = ['--import', OLD_NODE, '--input-type=module', '-e', program];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout).to.match(/^vast-unwrap needs Node 22\.18 or later[^\n]+\non\n$/);
  });
});
