import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect } from 'chai';
import { readFields } from '../../src/admin/read-fields.ts';

/** A request whose body is there. */
function requestOf(body: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.push(body);
  request.push(null);
  request.complete = true;
  return request;
}

describe('readFields', () => {
  it('reads the fields of a form', async () => {
    expect([...(await readFields({ req: requestOf('times=10&sure=yes') }))]).to.deep.equal([['times', '10'], ['sure', 'yes']]); // prettier-ignore
  });

  it('refuses more than a few short ones', async () => {
    const thrown: unknown = await readFields({ req: requestOf('x'.repeat(1001)) }).catch((error: unknown) => error);
    expect(thrown).to.have.property('code', 'body-too-large');
  });
});
