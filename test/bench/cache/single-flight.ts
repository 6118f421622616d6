import { startAdServer } from '../../support/ad-server.ts';
import { startService } from '../../support/service.ts';
import { printTable } from '../print-table.ts';
import { inLineOf } from './documents.ts';
import { load } from '../load.ts';

const CALLERS = 1000;

/** A thousand callers who miss at once, over sockets: how often the ad server is asked. */
export async function singleFlight(): Promise<unknown> {
  const headers = { 'cache-control': 'public, max-age=300' };
  await using ads = await startAdServer({ '/v': { headers, body: inLineOf('4711'), delayHeadersMs: 500 } });
  const service = await startService({ MAX_INFLIGHT: '2000', TMAX_MAX_MS: '60000' });
  const url = `${service.public}/v1/unwrap?tmax=60000&url=${encodeURIComponent(`${ads.base}/v`)}`;
  await load(url, CALLERS, CALLERS);
  await service.close();
  const rows = [{ callers: CALLERS, fetches: ads.requests.length }];
  printTable('Callers who miss at once, and what the ad server sees of them', rows);
  return rows;
}
