import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createHosts } from '../../src/hosts/hosts.ts';
import { createProber, type Prober, type ProberDeps } from '../../src/media/prober.ts';
import { createSlowFiles } from '../../src/media/slow-files.ts';
import { createVerdictStore } from '../../src/media/verdict-store.ts';
import type { Failure, FailureReason } from '../../src/chain/failure.ts';
import { type Probed, verdictOf } from '../../src/media/probe.ts';
import { type Trace, untraced } from '../../src/unwrap/ports.ts';
import { exchange } from '../support/exchange.ts';
import { mediaVerdict } from '../support/media-verdict.ts';
import { hopReport } from '../support/unwrap-result.ts';

const A = 'https://cdn.example/a.mp4';
const B = 'https://cdn.example/b.mp4';

type Look = {
  readonly url: string;
  readonly deadline: Deadline;
  readonly read: (isReading: boolean) => void;
  readonly end: (probed: Probed) => void;
};

const asksAll: ProberDeps['hosts'] = { visit: (_visit, ask) => ask() };

const made: Prober[] = [];

/** A prober whose looks end when the test says so. */
function prober(over: Partial<ProberDeps> = {}): Prober & { readonly looks: Look[] } {
  const looks: Look[] = [];
  const deps: ProberDeps = {
    probe: (url, deadline, read) => new Promise((end) => looks.push({ url, deadline, read, end })),
    store: createVerdictStore(60_000, () => 0, null),
    hosts: asksAll,
    limits: { enter: () => () => undefined },
    slowFiles: createSlowFiles(
      () => 0,
      () => 0.5,
    ),
    ownDelay: { nowMs: () => 0 },
    timeoutMs: 60_000,
    ...over,
  };
  const created = createProber(deps);
  made.push(created);
  return { ...created, looks };
}

const good = (url: string): Probed => ({ verdict: mediaVerdict({ url }), standing: 'lasting', exchanges: [] });
const failing = (url: string, reason: FailureReason, standing: Probed['standing'] = 'lasting'): Probed => ({
  verdict: verdictOf(url, { reason, message: reason }),
  standing,
  exchanges: [],
});
const unread = (url: string): Probed => failing(url, 'busy', 'unread');
const full: ProberDeps['limits'] = { enter: () => null };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createProber', () => {
  let deadline: Deadline;
  beforeEach(() => {
    deadline = Deadline.after(60_000);
  });
  afterEach(() => {
    deadline.cancel();
    for (const each of made.splice(0)) each.close();
  });

  describe('in the background', () => {
    it('tells at once what is known, and learns the rest for the next time', async () => {
      const { look, looks, idle } = prober();
      expect(await look([A, B], 'background', deadline, untraced)).to.deep.equal([]);
      expect(looks).to.deep.equal([]);
      await turn();
      expect(looks.map(({ url }) => url)).to.deep.equal([A, B]);
      looks[0]!.end(good(A));
      looks[1]!.end(failing(B, 'busy', 'passing'));
      await idle();
      expect(await look([A, B], 'background', deadline, untraced)).to.deep.equal([mediaVerdict({ url: A })]);
    });

    it('remembers what is wrong with a file, but not what may be wrong with ourselves', async () => {
      for (const [standing, remembered] of [
        ['lasting', 1],
        ['passing', 0],
        ['unread', 0],
      ] as const) {
        const { look, looks, idle } = prober();
        await look([A], 'background', deadline, untraced);
        await turn();
        looks[0]!.end(failing(A, 'dns', standing));
        await idle();
        expect(await look([A], 'background', deadline, untraced), standing).to.have.lengthOf(remembered);
      }
    });

    it('looks at a file once, however many ask', async () => {
      const { look, looks } = prober();
      for (let asked = 0; asked < 5; asked += 1) await look([A], 'background', deadline, untraced);
      await turn();
      expect(looks.length).to.equal(1);
    });

    it('leaves out what there is no room for, and gives the room back', async () => {
      const crowded = prober({ limits: full });
      await crowded.look([A], 'background', deadline, untraced);
      await crowded.idle();
      expect(crowded.looks).to.deep.equal([]);

      let inside = 0;
      const enter = (): (() => void) => {
        inside += 1;
        return () => void (inside -= 1);
      };
      const { look, looks, idle } = prober({ limits: { enter } });
      await look([A, B], 'background', deadline, untraced);
      await turn();
      expect(inside).to.equal(2);
      looks.forEach(({ url, end }) => end(good(url)));
      await idle();
      expect(inside).to.equal(0);
    });
  });

  describe('waiting', () => {
    it('gives what is found within the deadline', async () => {
      const { look, looks } = prober();
      const answer = look([A, B], 'wait', deadline, untraced);
      await turn();
      looks.forEach(({ url, end }) => end(good(url)));
      expect(await answer).to.deep.equal([mediaVerdict({ url: A }), mediaVerdict({ url: B })]);
    });

    it('tells of the files in the order in which they were asked for', async () => {
      const { look, looks } = prober();
      const first = look([B], 'wait', deadline, untraced);
      await turn();
      looks[0]!.end(good(B));
      await first;
      const both = look([A, B], 'wait', deadline, untraced);
      await turn();
      looks[1]!.end(good(A));
      expect((await both).map(({ url }) => url)).to.deep.equal([A, B]);
    });

    it('calls late what does not answer by then, and still learns it for the next time', async () => {
      const { look, looks, idle } = prober();
      const short = Deadline.after(60_000);
      const answer = look([A], 'wait', short, untraced);
      await turn();
      short.cancel('timeout');
      expect((await answer).map(({ outcome }) => outcome)).to.deep.equal(['late']);
      looks[0]!.end(good(A));
      await idle();
      expect(await look([A], 'wait', deadline, untraced)).to.deep.equal([mediaVerdict({ url: A })]);
      expect(looks.length).to.equal(1);
    });

    it('blames no host for what is still being read', async () => {
      const { look, looks } = prober();
      const short = Deadline.after(60_000);
      const answer = look([A, B], 'wait', short, untraced);
      await turn();
      looks[0]!.read(true);
      looks[1]!.read(true);
      looks[1]!.read(false);
      short.cancel('timeout');
      expect((await answer).map(({ outcome }) => outcome)).to.deep.equal(['unknown', 'late']);
    });

    it('blames no host for what our own loop was late', async () => {
      let lateMs = 0;
      const { look } = prober({ ownDelay: { nowMs: () => lateMs } });
      const short = Deadline.after(60_000, () => lateMs);
      const answer = look([A], 'wait', short, untraced);
      await turn();
      lateMs = 100;
      short.cancel('timeout');
      expect((await answer)[0]).to.include({
        outcome: 'unknown',
        message: 'our own process was too late to look at it',
      });
    });

    it('has no more than the request itself where there is no room', async () => {
      const { look, looks } = prober({ limits: full });
      const short = Deadline.after(1000);
      const answer = look([A], 'wait', short, untraced);
      await turn();
      expect(looks[0]!.deadline.budgetMs).to.be.at.most(1000);
      looks[0]!.end(failing(A, 'timeout'));
      expect((await answer)[0]!.outcome).to.equal('late');
      // so little time says nothing for an hour
      expect(await look([A], 'background', deadline, untraced)).to.deep.equal([]);
      short.cancel();
    });

    it('begins nothing after the deadline', async () => {
      const { look, looks } = prober();
      const over = Deadline.after(0);
      over.cancel('timeout');
      expect((await look([A], 'wait', over, untraced))[0]!.outcome).to.equal('late');
      expect(looks).to.deep.equal([]);
    });
  });

  it('leaves alone the hosts that are left alone, and tells those who wait', async () => {
    const failure: Failure = { reason: 'breaker-open', message: 'cdn.example: it failed too often' };
    const { look, looks } = prober({ hosts: { visit: () => Promise.resolve({ refused: failure }) } });
    expect((await look([A], 'wait', deadline, untraced))[0]).to.include({
      outcome: 'unreachable',
      message: failure.message,
    });
    expect(looks).to.deep.equal([]);
  });

  it('gives back the pass of a half-open breaker where its look sent nothing, however it ends', async () => {
    const ends: readonly ((look: Look) => void)[] = [
      ({ url, end }) => end(failing(url, 'busy', 'passing')),
      ({ url, end }) => end(failing(url, 'cancelled', 'passing')),
      ({ url, end }) => end(unread(url)),
    ];
    for (const endIt of ends) {
      let now = 0;
      const hosts = createHosts(
        { maxHosts: 10, skipHopeless: true },
        () => now,
        Date.now,
        () => 0.5,
      );
      const ask = (error: FailureReason | null) =>
        hosts.visit({ host: 'cdn.example', remainingMs: 1000, request: {} }, () =>
          Promise.resolve({ exchanges: [exchange('cdn.example', 10, { error })] }),
        );
      for (let failures = 0; failures < 5; failures += 1) await ask('connect');
      expect(await ask(null), 'left alone').to.have.nested.property('refused.reason', 'breaker-open');
      now = 10_000;
      const { look, looks, idle } = prober({ hosts });
      const answer = look([A], 'wait', deadline, untraced);
      await turn();
      expect(await ask(null), 'while the look has the pass').to.have.nested.property('refused.reason', 'breaker-open');
      endIt(looks[0]!);
      expect((await answer)[0]!.outcome).to.equal('unknown');
      await idle();
      expect(await ask(null), 'the next may try').not.to.have.property('refused');
    }
  });

  it('tells the host table of every request, and makes a span of each look', async () => {
    const exchange = { ...hopReport().exchanges[0]!, host: 'cdn.example' };
    const recorded: (readonly [string, boolean, readonly string[]])[] = [];
    const spans: (readonly [string, number])[] = [];
    const trace: Trace = {
      ...untraced,
      probe: () => ({ end: (outcome, exchanges) => void spans.push([outcome, exchanges.length]) }),
    };
    const { look, looks, idle } = prober({
      hosts: {
        visit: async ({ host, request }, ask) => {
          const came = await ask();
          recorded.push([host, request === deadline.root, came.exchanges.map((each) => each.host)]);
          return came;
        },
      },
    });
    await look([A], 'background', deadline, trace);
    await turn();
    looks[0]!.end({ ...good(A), exchanges: [exchange, exchange] });
    await idle();
    expect(recorded).to.deep.equal([['cdn.example', true, ['cdn.example', 'cdn.example']]]);
    expect(spans).to.deep.equal([['read', 2]]);
  });

  it('lets a file rest that its reader had not the time for twice running', async () => {
    const { look, looks, idle } = prober();
    for (let times = 1; times <= 2; times += 1) {
      const answer = look([A], 'wait', deadline, untraced);
      await turn();
      looks.at(-1)!.end(unread(A));
      expect((await answer)[0]!.outcome).to.equal('unknown');
      await idle();
    }
    const [resting] = await look([A], 'wait', deadline, untraced);
    expect(resting!.outcome).to.equal('unknown');
    expect(looks.length, 'looks at it').to.equal(2);
    const other = look([B], 'wait', deadline, untraced);
    await turn();
    looks.at(-1)!.end(good(B));
    expect((await other)[0]!.outcome).to.equal('read');
  });

  it('ends what is under way when it is closed', async () => {
    const { look, looks, close } = prober();
    await look([A], 'background', deadline, untraced);
    await turn();
    close();
    expect(looks[0]!.deadline.endedBy).to.equal('cancelled');
  });
});
