import { expect } from 'chai';
import { startService } from '../support/service.ts';

describe('openApiRoute', () => {
  it('serves the document', async () => {
    const service = await startService();
    const reply = await service.send('/openapi.json');
    expect(reply.headers['content-type']).to.match(/^application\/json/);
    expect(JSON.parse(reply.text)).to.include({ openapi: '3.1.0' });
    await service.close();
  });
});
