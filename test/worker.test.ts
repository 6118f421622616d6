import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import type { Order, WorkerMessage } from '../src/worker.ts';

const PROGRAM = `
  import { obeyPrimary, settingsFromPrimary, tellPrimary } from '${new URL('../src/worker.ts', import.meta.url).href}';
  const { settings } = await settingsFromPrimary();
  obeyPrimary({
    metrics: async () => settings.name,
    reload: () => {},
    shedConnections: () => {
      throw new Error('at once');
    },
    connections: () => Promise.reject(new Error('later')),
    hosts: async (window) => ({ window, hosts: [] }),
    drain: () => {},
    close: async () => process.exit(7),
  }, (connection) => connection.end('served'));
  await tellPrimary({ ready: true });
`;

describe('obeyPrimary', () => {
  it('answers each order by its number, leaves signals alone, and closes when told to', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const heard = async (): Promise<WorkerMessage> => ((await once(child, 'message')) as [WorkerMessage])[0];
    const order = (message: Order): Promise<WorkerMessage> => {
      child.send(message);
      return heard();
    };
    child.send({ settings: { name: 'text' } });
    expect(await heard()).to.deep.equal({ ready: true });
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) child.kill(signal);
    expect(await order({ id: 3, command: 'metrics', args: [] })).to.deep.equal({ id: 3, result: 'text' });
    const hosts = { id: 4, result: { window: '1h', hosts: [] } };
    expect(await order({ id: 4, command: 'hosts', args: ['1h'] })).to.deep.equal(hosts);
    expect(await order({ id: 5, command: 'drain', args: [] })).to.deep.equal({ id: 5 });
    // orders that fail are answered all the same, and the next one is carried out
    expect(await order({ id: 7, command: 'connections', args: [] })).to.deep.equal({ id: 7 });
    expect(await order({ id: 8, command: 'shedConnections', args: [1, 1] })).to.deep.equal({ id: 8 });
    child.send({ id: 6, command: 'close', args: [] } satisfies Order);
    expect(await once(child, 'exit')).to.deep.equal([7, null]);
  });
});
