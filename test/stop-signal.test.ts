import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';

const FILE = new URL('../src/stop-signal.ts', import.meta.url).href;

/** Runs a program that says each signal, with what was said last; ends it by the third. */
const PROGRAM = `
const { onStopSignal } = await import('${FILE}');
onStopSignal(() => process.exit(9));
onStopSignal(() => {
  console.log('first');
  onStopSignal(() => process.exit(3));
});
setInterval(() => {}, 1000);
console.log('ready');
`;

describe('onStopSignal', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`does at ${signal} what was said last`, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM]);
      const ended = once(child, 'exit');
      for (const word of ['ready', 'first']) {
        const [said] = (await once(child.stdout, 'data')) as [Buffer];
        expect(said.toString().trim()).to.equal(word);
        child.kill(signal);
      }
      expect(await ended).to.deep.equal([3, null]);
    });
  }
});
