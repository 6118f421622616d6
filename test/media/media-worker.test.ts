import { expect } from 'chai';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

describe('the thread that reads media', () => {
  it('says that it is ready, then answers', async () => {
    const worker = new Worker(new URL('../../src/media/media-worker.ts', import.meta.url));
    expect(await once(worker, 'message')).to.deep.equal([null]);
    worker.postMessage({ media: { size: 0, parts: [] } });
    expect(await once(worker, 'message')).to.deep.equal([{ facts: null, missing: null }]);
    worker.postMessage({ manifest: { type: 'application/dash+xml', text: '<MPD>' } });
    expect(await once(worker, 'message')).to.deep.equal([{ facts: null }]);
    await worker.terminate();
  });
});
