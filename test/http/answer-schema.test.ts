import { expect } from 'chai';
import { ProblemSchema } from '../../src/http/answer-schema.ts';
import { problemOf, PROBLEMS, type ProblemCode } from '../../src/http/problem.ts';

describe('ProblemSchema', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    it(`describes ${code}`, () => {
      const problem = problemOf(code, 'x', { errors: [{ field: 'a', message: 'b' }], traceId: 'c' });
      expect(ProblemSchema.parse(problem)).to.deep.equal(problem);
    });
  }
});
