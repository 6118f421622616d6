import { expect } from 'chai';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import type { WarmList } from '../../src/warming/warm-plan.ts';
import { createWarming } from '../../src/warming/warming.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { mediaVerdict } from '../support/media-verdict.ts';

const list = (over: Partial<WarmList>): WarmList => ({
  hosts: [],
  tags: [],
  media: [],
  ask: false,
  perSecond: 1000,
  ...over,
});

describe('createWarming', () => {
  const start = (outcomes: { connect?: boolean[]; looks?: string[]; reasons?: (string | null)[] } = {}) => {
    const done: string[] = [];
    const { connect = [], looks = [], reasons = [] } = outcomes;
    const warming = createWarming({
      refusalOf: () => null,
      connect: (origin) => {
        done.push(origin);
        return connect.shift() ?? true;
      },
      probe: ([url]) => {
        done.push(url!);
        const outcome = (looks.shift() ?? 'read') as 'read';
        return Promise.resolve([mediaVerdict({ url: url!, outcome })]);
      },
      unwrap: (tag) => {
        done.push(tag);
        return Promise.resolve({ reason: reasons.shift() ?? null } as UnwrapResult);
      },
      trace: untraced,
      isOverloaded: () => false,
    });
    const settled = async (count: number): Promise<readonly string[]> => {
      while (done.length < count) await new Promise(setImmediate);
      warming.close();
      return done;
    };
    return { warming, settled };
  };

  it('does each thing, and counts them', async () => {
    const { warming, settled } = start();
    const media = ['https://m.example/a'];
    const started = warming.begin(
      list({ hosts: ['a.example', 'no host'], tags: ['https://b.example/t'], media, ask: true }),
    );
    expect(started).to.deep.equal({ count: 4, refused: [{ entry: 'no host', reason: 'it is no URL' }] });
    expect(await settled(4)).to.deep.equal([
      'https://a.example',
      'https://b.example',
      'https://b.example/t',
      'https://m.example/a',
    ]);
  });

  it('does again what met a limit of ours', async () => {
    const { warming, settled } = start({ connect: [false], looks: ['unknown'], reasons: ['busy'] });
    warming.begin(list({ tags: ['https://b.example/t'], media: ['https://m.example/a'], ask: true }));
    const done = await settled(6);
    expect(done.slice(3)).to.have.members(done.slice(0, 3));
  });

  it('counts the whole list in each process, and asks its own tags', async () => {
    const { warming, settled } = start();
    const tags = ['https://b.example/1', 'https://b.example/2'];
    expect(warming.begin(list({ tags, ask: true }), { part: 1, of: 2 })).to.include({ count: 3 });
    expect(await settled(2)).to.deep.equal(['https://b.example', 'https://b.example/2']);
  });
});
