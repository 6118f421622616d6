import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeProblem, OLDEST_NODE } from '../src/node-version.ts';

describe('nodeProblem', () => {
  for (const version of ['22.18.0', '22.19.1', '23.0.0', '26.10.0', '27.0.0-nightly20261101']) {
    it(`has nothing against ${version}`, () => expect(nodeProblem(version)).to.equal(null));
  }
  for (const version of ['0.12.18', '18.20.8', '20.20.2', '22.0.0', '22.17.1']) {
    it(`says in one line what ${version} lacks`, () => {
      const problem = nodeProblem(version)!;
      expect(problem).to.contain('22.18').and.contain(version).and.not.contain('\n');
    });
  }

  it('is what package.json says', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(`>=${OLDEST_NODE}`).to.equal(`${engines.node}.0`);
  });
});
