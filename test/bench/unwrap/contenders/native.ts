import type { Contender } from '../contender.ts';

// The service with `EGRESS_CLIENT=native`: node:http in the place of got.

export async function startContender(): Promise<Contender> {
  process.env['EGRESS_CLIENT'] = 'native';
  return (await import('./service.ts')).startContender();
}
