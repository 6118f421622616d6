import { expect } from 'chai';
import { startService } from '../support/service.ts';

describe('openApiRoute', () => {
  it('serves a document with every public path, its own included', async () => {
    const service = await startService();
    const reply = await service.send('/openapi.json');
    expect(reply.headers['content-type']).to.match(/^application\/json/);
    const document = JSON.parse(reply.text) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).to.equal('3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, row]) =>
      Object.keys(row).map((method) => `${method} ${path}`),
    );
    expect(operations).to.include.members([
      'post /v1/unwrap',
      'get /v1/unwrap',
      'post /v1/openrtb2/unwrap',
      'post /v1/validate',
      'post /unwrap',
      'get /ping',
      'get /livez',
      'get /readyz',
      'get /openapi.json',
    ]);
    await service.close();
  });
});
