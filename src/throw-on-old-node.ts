import { nodeProblem } from './node-version.ts';

// The first import of the library, which must not end the program that it is part of.
const problem = nodeProblem(process.versions.node);
if (problem !== null) throw new Error(problem);
