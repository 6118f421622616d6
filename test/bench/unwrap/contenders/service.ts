import { readSettings } from '../../../../src/config.ts';
import { createService } from '../../../../src/service.ts';
import { VERSION } from '../../../../src/version.ts';
import { startTelemetry } from '../../../../src/telemetry/sdk.ts';
import type { Contender } from '../contender.ts';

// The service as it runs, with its metrics. Settings and `OTEL_*` are those of the environment: by default nothing is
// exported.

export async function startContender(): Promise<Contender> {
  const settings = readSettings({
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    EGRESS_ALLOW: '127.0.0.1,localhost',
    PROBE_DEFAULT: 'off',
    TMAX_DEFAULT_MS: '60000',
    TMAX_MAX_MS: '60000',
    LOG_LEVEL: 'silent',
    ...process.env,
  });
  const service = createService(settings, {}, { telemetry: startTelemetry(process.env, VERSION) });
  const addresses = await service.listen();
  return { urlFor: (tag) => `${addresses.public}/v1/unwrap?url=${encodeURIComponent(tag)}` };
}
