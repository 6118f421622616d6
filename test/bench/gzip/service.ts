import { readSettings } from '../../../src/config.ts';
import { createService } from '../../../src/service.ts';
import { letsAllIn } from '../../support/limiters.ts';

// A process of its own: the service, which tells its CPU time when it is asked.

const settings = readSettings({
  HOST: '127.0.0.1',
  PORT: '0',
  ADMIN_PORT: '0',
  TMAX_MAX_MS: '60000',
  LOG_LEVEL: 'silent',
  PROBE_DEFAULT: 'off',
});
const { public: url } = await createService(settings, { limiter: letsAllIn }).listen();
process.on('message', () => process.send!(process.cpuUsage()));
process.on('disconnect', () => process.exit());
process.send!(url);
