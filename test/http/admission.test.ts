import { expect } from 'chai';
import { Readable } from 'node:stream';
import type { ParameterizedContext } from 'koa';
import { admitted, type Admission } from '../../src/http/admission.ts';
import { RequestError } from '../../src/http/problem.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

const context = (): ParameterizedContext => ({ req: Readable.from(['body']) }) as unknown as ParameterizedContext;
const never = (): never => expect.fail('must not run');

describe('admitted', () => {
  it('runs the work, and gives the room back with what it cost', async () => {
    const left: (readonly UnwrapResult[])[] = [];
    const admission: Admission = { weigh: () => undefined, leave: (results) => left.push(results) };
    const result = unwrapResult();
    await admitted(
      context(),
      () => admission,
      never,
      () => Promise.resolve([result]),
    );
    expect(left).to.deep.equal([[result]]);
    const failing = admitted(
      context(),
      () => admission,
      never,
      () => Promise.reject(new Error('bug')),
    );
    expect(await failing.catch((error: unknown) => (error as Error).message)).to.equal('bug');
    expect(left).to.have.length(2);
  });

  it("refuses by the route's own answer, and reads what was sent away", async () => {
    const ctx = context();
    let refused = 0;
    await admitted(
      ctx,
      () => 'no-bid',
      () => void (refused += 1),
      never,
    );
    expect(refused).to.equal(1);
  });

  it('refuses by an error that says when to come again', async () => {
    const error = await admitted(context(), () => 'error', never, never).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(RequestError).and.to.include({ code: 'overloaded' });
  });
});
