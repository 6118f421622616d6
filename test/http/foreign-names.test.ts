import { request } from 'node:http';
import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

/** The status that a path of the admin listener answers to a Host. */
function statusFor(service: TestService, path: string, host: string, token?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    request(service.admin + path, { headers }, (reply) => {
      reply.resume();
      resolve(reply.statusCode!);
    })
      .on('error', reject)
      .end();
  });
}

describe('the admin listener under a foreign name', () => {
  const paths = ['/v1/hosts', '/metrics', '/debug', '/hosts', '/debug/style.css'];

  it('answers health alone', async () => {
    const service = await startService();
    for (const path of paths) {
      expect(await statusFor(service, path, 'evil.example'), path).to.equal(403);
      expect(await statusFor(service, path, 'cafe:8081'), path).to.equal(403);
      expect(await statusFor(service, path, 'localhost:8081'), path).to.equal(200);
      expect(await statusFor(service, path, '[::1]:8081'), path).to.equal(200);
    }
    expect(await statusFor(service, '/livez', 'evil.example')).to.equal(200);
    await service.close();
  });

  it('answers to who has the token', async () => {
    const token = 'correct-horse-battery';
    const service = await startService({ ADMIN_TOKEN: token });
    for (const path of paths) expect(await statusFor(service, path, 'admin.example', token), path).to.equal(200);
    await service.close();
  });
});
