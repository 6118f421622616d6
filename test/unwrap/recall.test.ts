import { expect } from 'chai';
import { type Conclusions, type Ports, type Reply, untraced } from '../../src/unwrap/ports.ts';
import type { FindingsAsked, UnwrapRequest } from '../../src/unwrap/request.ts';
import type { UnwrapResult, Written } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { Deadline } from '../../src/deadline.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const PAGES = {
  'https://a.example/w': vast(wrapperAd({ uri: 'https://a.example/i' })),
  'https://a.example/i': vast(inLineAd({ id: 'reached' })),
  'https://a.example/none': '<VAST version="4.0"><Error>https://e.example/?c=[ERRORCODE]</Error></VAST>',
};

/** Ports whose cache keeps everything, and what is written down meanwhile. */
function keepingPorts(): Ports & { readonly kept: Map<string, Written | null> } {
  const replies = new Map<string, Reply>();
  const kept = new Map<string, Written | null>();
  const conclusions: Conclusions = {
    get: (key) => {
      const found = kept.get(key);
      if (found === undefined) kept.set(key, null);
      return found;
    },
    set: (key, written) => void kept.set(key, written),
  };
  const cache: Ports['cache'] = async ({ url }, deadline, load, link) => {
    const found = replies.get(url);
    if (found !== undefined) return { reply: found, cache: 'hit', link };
    const reply = await load(deadline);
    replies.set(url, reply);
    return { reply, cache: 'miss', link };
  };
  return { ...portsOver(PAGES, { cache, conclusions }), kept };
}

describe('recall', () => {
  async function run(
    ports: Ports,
    url: string,
    over: Partial<UnwrapRequest> = {},
    asked: FindingsAsked = 'all',
  ): Promise<UnwrapResult> {
    const deadline = Deadline.after(60_000);
    try {
      return await unwrap(unwrapRequest({ url }, over), deadline, ports, untraced, asked);
    } finally {
      deadline.cancel();
    }
  }
  /** Fetched, worked out of kept documents, written down, remembered. */
  async function runs(url: string, asked?: FindingsAsked): Promise<readonly UnwrapResult[]> {
    const ports = keepingPorts();
    const all: UnwrapResult[] = [];
    for (let i = 0; i < 4; i += 1) all.push(await run(ports, url, {}, asked));
    return all;
  }
  const essence = ({
    status,
    vastError,
    reason,
    adm,
    wrappers,
    ads,
    findings,
    errorUrls,
    bid,
    merged,
  }: UnwrapResult) => ({
    ...{ status, vastError, reason, adm, wrappers, ads, findings, errorUrls, bid },
    trackers: merged?.trackers().map(({ event, url, hop }) => [event, url, hop]),
    insertions: merged?.insertions,
  });

  for (const url of Object.keys(PAGES)) {
    for (const asked of ['all', 'rejection'] as const) {
      it(`gives the same as working it out: ${url}, findings ${asked}`, async () => {
        const [, workedOut, , remembered] = await runs(url, asked);
        expect(workedOut!.written).to.equal(undefined);
        expect(remembered!.written).to.be.an('object');
        expect(essence(remembered!)).to.deep.equal(essence(workedOut!));
      });
    }
  }

  it('is of the second time that the same was asked of kept documents', async () => {
    const written = (await runs('https://a.example/w')).map((result) => result.written !== undefined);
    expect(written).to.deep.equal([false, false, false, true]);
  });

  it('has hops and a deadline of its own', async () => {
    const [, , third, fourth] = await runs('https://a.example/w');
    expect(fourth!.hops).to.have.length(2);
    expect(fourth!.hops).not.to.equal(third!.hops);
    expect(fourth!.hops[0]!.startedAt).to.be.at.least(third!.hops[1]!.startedAt);
    expect(fourth!.deadline.elapsedMs).to.be.at.least(0);
  });

  it('is not of another question: options, imp, what is blocked, device type, findings', async () => {
    const ports = keepingPorts();
    const url = 'https://a.example/w';
    for (let i = 0; i < 4; i += 1) await run(ports, url);
    const base = unwrapRequest({ url });
    const others: readonly Partial<UnwrapRequest>[] = [
      { options: { ...base.options, dedupe: 'exact' } },
      { imp: { id: '1', video: { mimes: ['video/webm'] } } },
      { blocked: { cat: ['IAB1'], adv: [] } },
      { device: { devicetype: 3 } },
      { bid: { id: 'b', impid: '1', price: 1 } as never },
    ];
    for (const other of others) {
      const result = await run(ports, url, other);
      expect(result.written, JSON.stringify(other)).to.equal(undefined);
    }
    expect((await run(ports, url, {}, 'rejection')).written).to.equal(undefined);
  });

  it('holds nothing of who asks: another viewer adds no key, and no value of theirs is in it', async () => {
    const ports = keepingPorts();
    const url = 'https://a.example/w';
    for (let i = 0; i < 4; i += 1) await run(ports, url, {}, 'rejection');
    const keys = [...ports.kept.keys()];
    const viewer: Partial<UnwrapRequest> = {
      device: { ua: 'secret-agent', ip: '203.0.113.9', ifa: 'secret-ifa' },
      user: { id: 'secret-user' },
      macros: { IFA: 'secret-ifa' },
    };
    const result = await run(ports, url, viewer, 'rejection');
    expect(result.written).to.be.an('object');
    expect([...ports.kept.keys()]).to.deep.equal(keys);
    expect(JSON.stringify([...ports.kept])).not.to.contain('secret');
  });
});
