import { FULL_AUCTION } from '../support/full-auction.ts';
import type { Site } from '../support/chains.ts';
import { startService } from '../support/service.ts';
import type { Fuzzed, Fuzzer } from './fuzz.ts';
import { withoutHolding } from './loop-watch.ts';
import { mutate, type Words } from './mutate.ts';
import { createRandom, type Random } from './random.ts';

/** What breaks readers of JSON, or those who trust them. */
const WORDS: Words = {
  short: [
    ...['{', '}', '[', ']', '"', ':', ',', '\\', '\\u0000', '\\ud800', '\ufeff', '\0', ' ', '\u2028'],
    ...['null', 'true', '0', '-0', '1.10', '1e999', '-1', '12345678901234567890', '1e-7', '.5', '""', '[]', '{}'],
    ...['"__proto__":', '"constructor":{"prototype":1}', '"toString":', '"rawJSON":"1"', '"markup":"<b>"'],
    ...['"adm":', '"ext":', '"bid":', '"imp":', '"impid":', '"seatbid":', '"cat":', '"w":'],
  ],
  giant: [
    '['.repeat(3000),
    `"ext":${'{"a":['.repeat(2000)}${']}'.repeat(2000)},`,
    `"cat":[${'"IAB1",'.repeat(20_000)}"IAB2"],`,
    `"mimes":[${'1,'.repeat(40_000)}1],`,
    `"x":[${'{},'.repeat(40_000)}{}],`,
    `"x":[${'null,'.repeat(20_000)}1.10],`,
    `"adm":"${' '.repeat(60_000)}x",`,
    `"adm":"data:;base64,${' '.repeat(60_000)}x",`,
  ],
};

/** What a single value is replaced with. */
const JUNK: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e300, '', ' ', 'x', '15', 'IAB1', '__proto__', 'constructor', [], {}, [[]]],
  ...[[null], ['x'], [1], { markup: '<b>' }, 'https://a.example/', '<VAST/>', '\ufeff<VAST version="4.0">', '\0'],
];

const ROUTES = ['/v1/openrtb2/unwrap', '/v1/unwrap', '/v1/validate'] as const;
const ALLOWED: readonly number[] = [200, 204, 400, 413, 415];
/** What no body within the limits may hold the loop for, once the code is warm, in ms. */
const HOLD_MS = 50;

function bodyOf(route: (typeof ROUTES)[number], texts: readonly string[], random: Random): unknown {
  const { imp, bid, blocked, device } = FULL_AUCTION;
  const [adm = ''] = texts;
  const auction = { bcat: blocked?.cat, badv: blocked?.adv, device, regs: { gdpr: 1 }, user: { consent: 'c' } };
  if (route === '/v1/validate') return { adm, imp, bid, ...auction };
  if (route === '/v1/unwrap')
    return { adm, imp, bid, ...auction, tmax: 50, options: { fireErrors: false }, macros: { A: 1 } };
  const bids = texts.map((text, index) => ({ ...bid, id: String(index), price: 1.1, adm: text, ext: { a: [1] } }));
  const request = { id: 'r', imp: [imp, { id: 'b', banner: { w: 1 } }], tmax: 50, ...auction };
  const seatbid = [
    { seat: 's', bid: bids, group: random.below(2) },
    { seat: 't', bid: [{ impid: 'b', adm: '<div>' }] },
  ];
  return { request, response: { id: 'r', seatbid }, options: { onFailure: random.pick(['keep', 'drop']) } };
}

/** Puts something else in one place of a value. */
function spoil(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.once(6)) return random.pick(JUNK);
  const keys = Object.keys(value);
  if (keys.length === 0) return random.pick(JUNK);
  const key = random.pick(keys);
  if (Array.isArray(value))
    return value.map((each, at) => (String(at) === key ? spoil(each, random) : (each as unknown)));
  return { ...value, [key]: spoil((value as Record<string, unknown>)[key], random) };
}

/** A service that is sent mutated JSON on each route that takes it. */
export async function startRequestFuzzer(corpus: readonly Site[]): Promise<Fuzzer> {
  // nothing outside is asked: what is in the documents leads nowhere
  const service = await startService({ EGRESS_ALLOW: '', MAX_BODY_BYTES: '1048576', LOG_LEVEL: 'silent' });
  return {
    make: (seed): Fuzzed => {
      const random = createRandom(seed);
      const route = random.pick(ROUTES);
      const texts = Array.from({ length: 1 + random.below(4) }, () => {
        const { entry, pages } = random.pick(corpus);
        return pages[entry]!;
      });
      let body = bodyOf(route, texts, random);
      for (let left = random.below(3); left > 0; left -= 1) body = spoil(body, random);
      const plain = Buffer.from(JSON.stringify(body) ?? 'null');
      const input = !random.once(3) ? plain : mutate(plain, WORDS, random, plain);
      const run = async (): Promise<string> => {
        const reply = await service.send(route, { headers: { 'Content-Type': 'application/json' }, body: input });
        if (!ALLOWED.includes(reply.status)) throw new Error(`${route} answered ${reply.status}: ${reply.text}`);
        if (reply.text !== '') JSON.parse(reply.text);
        return `${route} ${reply.status}`;
      };
      return { input, run: () => withoutHolding(HOLD_MS, run) };
    },
    close: () => service.close(),
  };
}
