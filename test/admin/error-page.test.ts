import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

describe('errorPage', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  const ask = (accept: string): Promise<Response> => fetch(`${service.admin}/debug/r/gone`, { headers: { accept } });

  it('is a page to a browser', async () => {
    const reply = await ask('text/html,application/xhtml+xml,*/*;q=0.8');
    expect(reply.status).to.equal(404);
    expect(await reply.text())
      .to.include('<h1>')
      .and.include('Run it again.');
  });

  it('is a problem to others', async () => {
    const reply = await ask('*/*');
    expect(reply.status).to.equal(404);
    expect(await reply.json()).to.include({ code: 'not-found' });
  });
});
