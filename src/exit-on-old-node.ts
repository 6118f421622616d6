import { nodeProblem } from './node-version.ts';

// The first import of each program: what comes after it may not even load on an old Node.
const problem = nodeProblem(process.versions.node);
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
