import { getHeapSpaceStatistics } from 'node:v8';
import { readSettings } from '../../src/config.ts';
import { createService } from '../../src/service.ts';

// A process of its own, to be started with --expose-gc: a service that says, when it is asked, how many bytes its old
// generation holds after what is young was collected.

const service = createService(
  readSettings({
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    EGRESS_ALLOW: '127.0.0.1',
    PROBE_DEFAULT: 'off',
    TMAX_DEFAULT_MS: '60000',
    TMAX_MAX_MS: '60000',
    LOG_LEVEL: 'silent',
  }),
);
const { public: url } = await service.listen();
const collect = globalThis.gc as unknown as (options: { readonly type: 'minor' }) => void;
process.on('message', () => {
  // who survives twice is old
  for (let times = 0; times < 3; times += 1) collect({ type: 'minor' });
  const old = getHeapSpaceStatistics().filter(({ space_name: name }) => name.startsWith('old_'));
  process.send!(old.reduce((sum, space) => sum + space.space_used_size, 0));
});
process.on('disconnect', () => process.exit());
process.send!(url);
