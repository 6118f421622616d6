import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually, freePort, run, type Running, temporaryFolder, type Tool } from './tools.ts';

const SAMPLES = join(import.meta.dirname, '../../samples/prebid');
const MODULE = join(SAMPLES, 'go');
/** One of Prebid Server's bidders that sends a request as it is and takes bids by their mtype. */
export const BIDDER = 'zentotem';

/** The folder of the tools for a Prebid Server with the module as it is now: `.ci/tools` names it by the same sum. */
export function prebidTool(file: 'prebid-server' | 'module.test'): Tool {
  const sum = createHash('sha256');
  for (const name of readdirSync(MODULE)
    .filter((each) => each.endsWith('.go'))
    .sort()) {
    sum.update(readFileSync(join(MODULE, name)));
  }
  return `prebid-${sum.digest('hex').slice(0, 12)}/${file}`;
}

export type PrebidServer = Running & {
  /** Runs an auction; the answer as JSON. */
  readonly auction: (request: object) => Promise<Record<string, unknown>>;
};

/** The configuration that the samples' README shows, for a service elsewhere and groups that have time. */
function hooksOfReadme(service: string): { readonly hooks: object } {
  const [, shown = ''] =
    /```json\n(\{ "hooks"[\s\S]*?)```/.exec(readFileSync(join(SAMPLES, 'README.md'), 'utf8')) ?? [];
  const patient = shown
    .replace('http://vast-unwrap:8080', service)
    .replaceAll(/"timeout": \d+/g, '"timeout": 5000')
    .replace(/"timeout_ms": \d+/, '"timeout_ms": 2000');
  return JSON.parse(patient) as { hooks: object };
}

/**
 * Starts Prebid Server with the module in it, one bidder at `bidder` and the service at `service`.
 * @param accounts the configuration of accounts by id
 */
export async function startPrebidServer(
  binary: string,
  { service, bidder, accounts }: { service: string; bidder: string; accounts: Readonly<Record<string, object>> },
): Promise<PrebidServer> {
  const folder = temporaryFolder();
  const [port, adminPort] = [await freePort(), await freePort()];
  const settings = {
    host: '127.0.0.1',
    port,
    admin_port: adminPort,
    status_response: 'ok',
    gdpr: { enabled: false, default_value: '0' },
    currency_converter: { fetch_interval_seconds: 0 },
    accounts: { filesystem: { enabled: true, directorypath: './stored' } },
    adapters: { [BIDDER]: { endpoint: bidder } },
    ...hooksOfReadme(service),
  };
  mkdirSync(join(folder.path, 'stored/accounts'), { recursive: true });
  for (const [id, account] of Object.entries(accounts)) {
    writeFileSync(join(folder.path, 'stored/accounts', `${id}.json`), JSON.stringify({ id, ...account }));
  }
  writeFileSync(join(folder.path, 'pbs.json'), JSON.stringify(settings));
  symlinkSync(join(dirname(binary), 'static'), join(folder.path, 'static'));
  const running = run(binary, ['-alsologtostderr'], {}, folder.path);
  const url = `http://127.0.0.1:${port}`;
  const isUp = async (): Promise<boolean> => {
    if (running.child.exitCode !== null) throw new Error(running.output());
    return (await fetch(`${url}/status`)).ok;
  };
  await eventually(isUp, 'Prebid Server to answer', 60);
  return {
    ...running,
    auction: async (request) => {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`${url}/openrtb2/auction`, {
        method: 'POST',
        headers,
        body: JSON.stringify(request),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status}: ${text}`);
      return JSON.parse(text) as Record<string, unknown>;
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
