import { readdirSync } from 'node:fs';
import { readSettings } from '../../../src/config.ts';
import { createService } from '../../../src/service.ts';

// A process of its own: the service as it is by default, which says what it holds when it is asked.

export type Held = {
  readonly rss: number;
  readonly heap: number;
  readonly descriptors: number;
  readonly sockets: number;
};

const service = createService(
  readSettings({
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    EGRESS_ALLOW: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
    PROBE_DEFAULT: 'off',
  }),
);
const { public: url } = await service.listen();
process.on('message', () => {
  const { rss, heapUsed: heap } = process.memoryUsage();
  const sockets = process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length;
  const held: Held = { rss, heap, descriptors: readdirSync('/proc/self/fd').length, sockets };
  process.send!(held);
});
process.on('disconnect', () => process.exit());
process.send!(url);
