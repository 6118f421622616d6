import { readSettings } from '../../../../src/config.ts';
import { createService } from '../../../../src/service.ts';
import { VERSION } from '../../../../src/version.ts';
import { startTelemetry } from '../../../../src/telemetry/sdk.ts';
import type { Contender } from '../contender.ts';

// The service as it runs: every request traced, spans exported to a sink beside the ad server.

export async function startContender(): Promise<Contender> {
  const settings = readSettings({
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    EGRESS_ALLOW: '127.0.0.1',
    PROBE_DEFAULT: 'off',
    EGRESS_CLIENT: process.env['EGRESS_CLIENT'] ?? 'got',
    TMAX_DEFAULT_MS: '1000',
    LOG_LEVEL: 'silent',
  });
  const service = createService(settings, {}, startTelemetry(process.env, VERSION));
  const addresses = await service.listen();
  return { urlFor: (tag) => `${addresses.public}/v1/unwrap?url=${encodeURIComponent(tag)}` };
}
