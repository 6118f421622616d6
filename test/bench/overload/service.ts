import { readSettings } from '../../../src/config.ts';
import type { Limiter } from '../../../src/overload/limiter.ts';
import { createService } from '../../../src/service.ts';

// A process of its own: the service, with its admission or with none.

const letAllIn: Limiter = {
  admit: () => ({ weigh: () => {}, leave: () => {} }),
  inFlight: () => 0,
  limit: () => Infinity,
  isSaturated: () => false,
};

const settings = readSettings({
  HOST: '127.0.0.1',
  PORT: '0',
  ADMIN_PORT: '0',
  EGRESS_ALLOW: '127.0.0.1',
  CACHE_MAX_BYTES: '0',
  LOG_LEVEL: 'silent',
});
const service = createService(settings, process.argv[2] === 'none' ? { limiter: letAllIn } : {});
const { public: url } = await service.listen();
process.send!(url);
