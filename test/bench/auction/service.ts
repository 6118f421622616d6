import { readSettings } from '../../../src/config.ts';
import { createService } from '../../../src/service.ts';

// A process of its own: the service as it is by default, but for what the environment says.

const service = createService(
  readSettings({
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    EGRESS_ALLOW: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
    PROBE_DEFAULT: 'off',
    ...process.env,
  }),
);
const { public: url } = await service.listen();
process.on('disconnect', () => process.exit());
process.send!(url);
