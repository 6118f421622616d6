import { expect } from 'chai';
import { PROBLEMS, problemOf, RequestError } from '../../src/http/problem.ts';

describe('problemOf', () => {
  it('has what RFC 9457 wants, and the code', () => {
    expect(problemOf('bad-json', 'Send JSON.')).to.deep.equal({
      type: 'about:blank',
      title: 'The body is not JSON',
      status: 400,
      code: 'bad-json',
      detail: 'Send JSON.',
    });
  });

  it('names wrong fields and the trace where there are any', () => {
    const errors = [{ field: 'tmax', message: 'must be a number' }];
    expect(problemOf('bad-field', '', { errors, traceId: 'abc' })).to.deep.include({ errors, traceId: 'abc' });
  });
});

describe('RequestError', () => {
  it('has the status of its code', () => {
    for (const [code, { status }] of Object.entries(PROBLEMS)) {
      expect(new RequestError(code as keyof typeof PROBLEMS, '').status).to.equal(status);
    }
  });
});
