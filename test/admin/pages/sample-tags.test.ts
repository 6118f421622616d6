import { expect } from 'chai';
import { SAMPLE_TAGS } from '../../../src/admin/pages/sample-tags.ts';
import { startService } from '../../support/service.ts';

describe('SAMPLE_TAGS', () => {
  it('shows what each is named after', async () => {
    const service = await startService();
    const statuses: Record<string, string> = {};
    for (const { id, tag } of SAMPLE_TAGS) {
      const reply = await service.unwrap({ adm: tag, tmax: 1000, imp: { video: { mimes: ['video/mp4'] } } });
      statuses[id] = (JSON.parse(reply.text) as { status: string }).status;
    }
    await service.close();
    expect(statuses).to.include({ resolved: 'resolved', 'no-ad': 'no_ad', broken: 'invalid', blocked: 'blocked' });
  });
});
