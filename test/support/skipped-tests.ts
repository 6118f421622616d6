import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { RootHookObject, Suite, Test } from 'mocha';

// Says at the end which tests were skipped, since none of them has shown anything. On CI that is a failure, but for those
// of languages that the machine does not have.

/** What tests of a folder such as samples/clients/java need. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  go: ['go'],
  java: ['javac', 'mvn'],
  python: ['python3'],
};
const PATH = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/go/bin'];

export const mochaHooks: RootHookObject = {
  afterAll(this: Mocha.Context) {
    let root: Suite = this.test!.parent!;
    while (root.parent !== undefined) root = root.parent;
    const skipped = testsOf(root).filter((test) => test.isPending());
    if (skipped.length === 0) return;
    console.log(`\n  ${skipped.length} skipped, for want of a tool:`);
    for (const test of skipped) console.log(`    ${test.fullTitle()}`);
    const missed = skipped.filter((test) => !isExcused(test.fullTitle()));
    if (process.env['CI'] === 'true' && missed.length > 0) {
      throw new Error(`skipped on CI:\n${missed.map((test) => `  ${test.fullTitle()}`).join('\n')}`);
    }
  },
};

function testsOf(suite: Suite): readonly Test[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

function isExcused(title: string): boolean {
  const language = /samples\/(?:clients|prebid)\/(\w+)/.exec(title)?.[1] ?? '';
  const isHere = (command: string): boolean => PATH.some((folder) => existsSync(join(folder, command)));
  return !(LANGUAGES[language] ?? []).every(isHere);
}
