import { expect } from 'chai';
import { readSettings } from '../src/config.ts';
import { createCore, untraced } from '../src/core.ts';
import type { UnwrapRequest } from '../src/unwrap/request.ts';
import type * as WarmUp from '../src/warm-up.ts';
import { spyOnConnects } from './support/connect-spy.ts';
import { startService } from './support/service.ts';

describe('warmUp', () => {
  it('unwraps chains of its own, each a new one, asks nobody, and does so once for a process', async () => {
    const { warmUp } = (await import(`../src/warm-up.ts?fresh=${Date.now()}`)) as typeof WarmUp;
    const settings = readSettings({});
    const core = createCore(settings);
    const spy = spyOnConnects();
    const asked: UnwrapRequest[] = [];
    const ends: string[] = [];
    const unwrap: typeof core.unwrap = async (request, ...rest) => {
      asked.push(request);
      const result = await core.unwrap(request, ...rest);
      ends.push(`${result.status} behind ${result.wrappers}`);
      return result;
    };
    await warmUp(unwrap, untraced, settings);
    const rounds = asked.length;
    await warmUp(unwrap, untraced, settings);
    spy.stop();
    core.close();
    expect(asked).to.have.length(rounds).above(1);
    expect(new Set(asked.map(({ input }) => JSON.stringify(input)))).to.have.property('size', rounds);
    expect(new Set(ends)).to.deep.equal(new Set(['resolved behind 2']));
    expect(spy.attempts).to.deep.equal([]);
  });

  it('leaves no trace in what the service tells of itself', async () => {
    const service = await startService();
    const table = (await (await fetch(`${service.admin}/v1/hosts`)).json()) as { hosts: unknown[] };
    await service.close();
    expect(table.hosts).to.deep.equal([]);
  });
});
