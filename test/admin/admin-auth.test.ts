import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

describe('adminAuth', () => {
  const token = 'correct-horse-battery';
  let service: TestService;
  before(async () => (service = await startService({ ADMIN_TOKEN: token })));
  after(() => service.close());

  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  const ask = async (authorization?: string) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    return await fetch(`${service.admin}/v1/hosts`, { headers });
  };

  for (const [what, authorization] of [
    ['Bearer', `Bearer ${token}`],
    ['bearer in any case', `bearer ${token}`],
    ['Basic with any user', basic(`anyone:${token}`)],
    ['Basic without a user', basic(`:${token}`)],
  ] as const) {
    it(`takes the token as ${what}`, async () => expect((await ask(authorization)).status).to.equal(200));
  }

  for (const [what, authorization] of [
    ['nothing', undefined],
    ['a wrong token', 'Bearer wrong'],
    ['an empty token', 'Bearer '],
    ['the token as user', basic(`${token}:`)],
    ['the token alone', token],
    ['another scheme', `Digest ${token}`],
  ] as const) {
    it(`refuses ${what}, and asks for Basic`, async () => {
      const reply = await ask(authorization);
      expect(reply.status).to.equal(401);
      expect(reply.headers.get('www-authenticate')).to.match(/^Basic /);
      expect(await reply.json()).to.include({ code: 'unauthorized' });
    });
  }

  it('lets the right token in at once, however many guess, and lets few guess at a time', async () => {
    const guesses = Array.from({ length: 40 }, (_, index) => ask(`Bearer guess-${index}`));
    const first = await Promise.race([
      ...guesses.slice(0, 16).map(async (each) => (await each).status),
      ask(`Bearer ${token}`).then(({ status }) => status),
    ]);
    expect(first).to.equal(200);
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((each) => each === 401)).to.have.length(16);
    expect(statuses.filter((each) => each === 429)).to.have.length(24);
  });

  it('guards what is there, but not the health of the process', async () => {
    expect((await fetch(`${service.admin}/metrics`)).status).to.equal(401);
    expect((await fetch(`${service.admin}/livez`)).status).to.equal(200);
  });
});
