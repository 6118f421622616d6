import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { startAdServer } from '../support/ad-server.ts';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { eventually, freePort, requireTool, run, temporaryFolder } from '../support/tools.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const CALLERS = 4;
/** Answers that are waited for between two steps. */
const SOME = 40;

describe('a rolling restart behind a load balancer', function () {
  let haproxy: string;
  before(function () {
    haproxy = requireTool(this, 'haproxy');
  });

  it('loses no auction: HAProxy, two processes, each replaced under load', async () => {
    await using ads = await startAdServer({ '/vast': { delayHeadersMs: 10, body: vast(inLineAd()) } });
    using folder = temporaryFolder();
    const [front, stats, ...ports] = (await Promise.all(Array.from({ length: 4 }, freePort))) as [
      number,
      number,
      number,
    ];
    const start = (port: number): Promise<ServiceProcess> =>
      startServiceProcess({
        PORT: String(port),
        CACHE_DEFAULT_TTL_MS: '0',
        SHUTDOWN_DELAY_MS: '1500',
        TMAX_MAX_MS: '60000',
      });
    const services = await Promise.all(ports.map(start));
    const config = join(folder.path, 'haproxy.cfg');
    writeFileSync(config, configOf(front, stats, ports));
    await using balancer = run(haproxy, ['-db', '-f', config]);

    const isUp = async (index: number): Promise<boolean> => {
      const csv = await (await fetch(`http://127.0.0.1:${stats}/;csv`)).text();
      return csv.split('\n').some((line) => line.startsWith(`unwrap,s${index},`) && line.split(',')[17] === 'UP');
    };
    for (const index of ports.keys()) await eventually(() => isUp(index), `server ${index} to be up`);

    const answers: string[] = [];
    let isOver = false;
    const caller = async (number: number): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let count = 0; !isOver; count += 1) {
        const tag = encodeURIComponent(`${ads.base}/vast?${number}-${count}`);
        answers.push(await ask(`http://127.0.0.1:${front}/v1/unwrap?tmax=60000&url=${tag}`, agent));
      }
      agent.destroy();
    };
    const callers = Array.from({ length: CALLERS }, (_, number) => caller(number));
    const someMore = (): Promise<boolean> => {
      const wanted = answers.length + SOME;
      return eventually(() => Promise.resolve(answers.length >= wanted), 'more answers');
    };

    await someMore();
    for (const [index, port] of ports.entries()) {
      const old = services[index]!;
      const ended = once(old.child, 'exit');
      old.child.kill('SIGTERM');
      expect(await ended, old.output()).to.deep.equal([0, null]);
      services[index] = await start(port);
      await eventually(() => isUp(index), `the new server ${index} to be up`);
      await someMore();
    }
    isOver = true;
    await Promise.all(callers);
    expect(
      answers.filter((answer) => answer !== '200 resolved'),
      balancer.output(),
    ).to.deep.equal([]);
    expect(answers).to.have.length.above(3 * SOME);
    await Promise.all(services.map((service) => service.stop()));
  });
});

/** Status of HTTP and of the unwrap, or what went wrong. */
async function ask(url: string, agent: Agent): Promise<string> {
  try {
    const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    return `${response.statusCode} ${String(response.headers['vast-status'])}`;
  } catch (error) {
    return String(error);
  }
}

/** As docs/integrating.md has it, but for the times. */
function configOf(front: number, stats: number, servers: readonly number[]): string {
  return `
defaults
  mode http
  timeout connect 5s
  timeout client 120s
  timeout server 120s
  timeout check 30s
frontend callers
  bind 127.0.0.1:${front}
  default_backend unwrap
backend unwrap
  balance leastconn
  option httpchk GET /readyz
  option redispatch 1
  retries 3
  default-server check inter 100ms fall 1 rise 1
${servers.map((port, index) => `  server s${index} 127.0.0.1:${port}`).join('\n')}
frontend stats
  bind 127.0.0.1:${stats}
  stats enable
  stats uri /
`;
}
