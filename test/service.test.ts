import { expect } from 'chai';
import { startService } from './support/service.ts';

describe('createService', () => {
  it('listens, drains and closes, and can do so again', async () => {
    for (let round = 0; round < 2; round += 1) {
      const service = await startService();
      expect((await service.send('/readyz')).status).to.equal(200);
      service.service.drain();
      expect((await service.send('/readyz')).status).to.equal(503);
      await service.close();
    }
  });
});
