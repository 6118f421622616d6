import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { Agent, get, type IncomingMessage, request } from 'node:http';
import { expect } from 'chai';
import { type AdServer, startAdServer } from './support/ad-server.ts';
import { type ServiceProcess, startServiceProcess } from './support/service-process.ts';
import { eventually } from './support/tools.ts';

const INLINE = `<VAST version="4.2"><Ad id="1"><InLine><AdSystem>a</AdSystem><AdTitle>t</AdTitle>
  <Impression><![CDATA[https://t.example/i]]></Impression><Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://m.example/a.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
const UNWRAPS = 'vast_unwrap_duration_seconds_count{vast_status="resolved"}';

async function series(service: ServiceProcess, name: string): Promise<number> {
  const text = await (await fetch(`${service.admin}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length));
}

type Hosts = { readonly hosts: readonly { readonly host: string; readonly calls: number }[] };

describe('createClusteredService', () => {
  let ads: AdServer;
  let service: ServiceProcess;

  before(async () => {
    ads = await startAdServer({ '/inline': INLINE });
    service = await startServiceProcess({ WORKERS: '2', CACHE_MAX_BYTES: '0' });
  });

  after(async () => {
    service.child.kill('SIGKILL');
    await ads[Symbol.asyncDispose]();
  });

  /** Over a connection of its own: they go to the workers in turn. */
  const ask = async (path: string, base = service.public): Promise<IncomingMessage> => {
    const [response] = (await once(get(base + path, { agent: false }), 'response')) as [IncomingMessage];
    return response.resume();
  };
  const unwrap = (path: string): Promise<IncomingMessage> =>
    ask(`/v1/unwrap?tmax=1000&url=${encodeURIComponent(ads.base + path)}`);

  it('prints one listening line, and tells of all workers', async () => {
    for (let count = 0; count < 4; count += 1) expect((await unwrap('/inline')).statusCode).to.equal(200);
    expect(await series(service, UNWRAPS)).to.equal(4);
    const { hosts } = (await (await fetch(`${service.admin}/v1/hosts`)).json()) as Hosts;
    expect(hosts.map(({ host, calls }) => [host, calls])).to.deep.equal([[new URL(ads.base).host, 4]]);
    expect((await ask('/readyz', service.admin)).statusCode).to.equal(200);
    expect(service.output().match(/"listening"/g)).to.have.length(1);
  });

  it('has one debug page with one store, whose runs count as all others', async () => {
    const post = (tag: string): Promise<Response> =>
      fetch(`${service.admin}/debug`, { method: 'POST', body: new URLSearchParams({ tag }), redirect: 'manual' });
    const runs = await Promise.all(Array.from({ length: 4 }, (_, number) => post(`${ads.base}/inline?${number}`)));
    for (const { status, headers } of runs) {
      expect(status).to.equal(303);
      const page = await fetch(service.admin + headers.get('location')!);
      expect(page.status).to.equal(200);
      expect(await page.text()).to.include('<span class="status">resolved');
    }
    expect(await series(service, UNWRAPS)).to.equal(8);
    const { hosts } = (await (await fetch(`${service.admin}/v1/hosts`)).json()) as Hosts;
    expect(hosts[0]).to.include({ calls: 8 });
    expect(await (await fetch(`${service.admin}/hosts`)).text()).to.include(new URL(ads.base).host);
  });

  it('does not ask itself, through the debug page either', async () => {
    const form = new URLSearchParams({ tag: `${service.public}/ping` });
    const page = await fetch(`${service.admin}/debug`, { method: 'POST', body: form });
    const { status } = (await (await fetch(`${page.url}.json`)).json()) as { readonly status: string };
    expect(status).to.equal('blocked');
  });

  it('replaces a worker that is killed, and counts what it did', async () => {
    const before = await series(service, UNWRAPS);
    const pids = await workersOf(service.child.pid!);
    expect(pids).to.have.length(2);
    process.kill(pids[0]!, 'SIGKILL');
    const replaced = await eventually(async () => {
      const now = await workersOf(service.child.pid!);
      return now.length === 2 && !now.includes(pids[0]!) ? now : undefined;
    }, 'another worker');
    expect(replaced).to.include(pids[1]);
    expect((await unwrap('/inline')).statusCode).to.equal(200);
    expect((await unwrap('/inline')).statusCode).to.equal(200);
    expect(await series(service, UNWRAPS)).to.equal(before + 2);
  });

  it('serves whoever comes while all workers are dead, and forgets no host that they knew', async () => {
    const callsOf = async (): Promise<number> => {
      const { hosts } = (await (await fetch(`${service.admin}/v1/hosts`)).json()) as Hosts;
      return hosts.reduce((sum, { calls }) => sum + calls, 0);
    };
    const before = await callsOf();
    expect(before).to.be.above(0);
    const pids = await workersOf(service.child.pid!);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    // Those whom a dying worker had taken are cut off; nobody is refused, and nobody is left waiting.
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        unwrap('/inline').then(
          ({ statusCode }) => statusCode,
          (error: NodeJS.ErrnoException) => error.code,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome !== 200 && outcome !== 'ECONNRESET')).to.deep.equal([]);
    expect(outcomes).to.include(200);
    const replaced = await eventually(async () => {
      const now = await workersOf(service.child.pid!);
      return now.length === 2 && now.every((pid) => !pids.includes(pid));
    }, 'other workers');
    expect(replaced).to.equal(true);
    expect(await callsOf()).to.be.at.least(before);
    const verbose = async (): Promise<string> => (await fetch(`${service.admin}/readyz?verbose`)).text();
    await eventually(async () => (await verbose()).includes('[+] all workers are ready: 2 of 2'), 'all to be ready');
  });

  it('moves connections to a worker that was replaced, and with the setting off ends none', async () => {
    await using other = await startServiceProcess({ WORKERS: '2', CONNECTION_SHED_RATIO: '1.5' });
    await using shedding = await callersOf(other);
    await using keeping = await callersOf(service);
    const [oldBefore, freshBefore] = await shedding.connections();
    let ended = 0;
    let endedWithoutSetting = 0;
    await eventually(async () => {
      ended += await shedding.round();
      endedWithoutSetting += await keeping.round();
      const [old, fresh] = await shedding.connections();
      return old <= oldBefore - 4 && fresh >= freshBefore + 4;
    }, 'connections to move');
    expect(ended).to.be.within(4, CALLERS);
    expect(endedWithoutSetting).to.equal(0);
  });
});

const CALLERS = 40;

/** Callers over a connection each, at a service whose worker with fewer of them died: those whom the other serves. */
async function callersOf(service: ServiceProcess) {
  const agents = Array.from({ length: CALLERS }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const ask = async (agent: Agent): Promise<string | undefined> => {
    const headers = { 'Content-Type': 'application/json' };
    const sent = request(`${service.public}/v1/unwrap`, { method: 'POST', agent, headers });
    sent.end(JSON.stringify({ adm: INLINE, tmax: 1000 }));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    return response.headers.connection;
  };
  await Promise.all(agents.map(ask));
  // a busy worker is given fewer connections than its turn
  const [one, other] = (await workersOf(service.child.pid!)) as [number, number];
  const [victim, survivor] = (await connectionsOf(one)) < (await connectionsOf(other)) ? [one, other] : [other, one];
  process.kill(victim, 'SIGKILL');
  const replacement = await eventually(
    async () => (await workersOf(service.child.pid!)).find((pid) => pid !== victim && pid !== survivor),
    'another worker',
  );
  // who was cut off stays away
  const left = agents.filter((agent) => Object.keys(agent.freeSockets).length > 0);
  return {
    /** All ask once; how many lost their connection by that? */
    round: async () => (await Promise.all(left.map(ask))).filter((connection) => connection === 'close').length,
    connections: async () => [await connectionsOf(survivor), await connectionsOf(replacement)] as const,
    [Symbol.asyncDispose]: () => Promise.resolve(agents.forEach((agent) => agent.destroy())),
  };
}

/** The sockets that a process holds. */
async function connectionsOf(pid: number): Promise<number> {
  const links = (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((target) => target.startsWith('socket:')).length;
}

/** The children of a process. */
async function workersOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}
