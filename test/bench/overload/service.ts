import { readSettings } from '../../../src/config.ts';
import { createService } from '../../../src/service.ts';
import { letsAllIn } from '../../support/limiters.ts';

// A process of its own: the service, with its admission or with none.

const settings = readSettings({
  HOST: '127.0.0.1',
  PORT: '0',
  ADMIN_PORT: '0',
  EGRESS_ALLOW: '127.0.0.1',
  CACHE_MAX_BYTES: '0',
  LOG_LEVEL: 'silent',
});
const service = createService(settings, process.argv[2] === 'none' ? { limiter: letsAllIn } : {});
const { public: url } = await service.listen();
process.send!(url);
