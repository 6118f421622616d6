import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type Route, startAdServer } from '../support/ad-server.ts';
import { startService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';
import type { Fuzzed, Fuzzer } from './fuzz.ts';
import { createRandom, type Random } from './random.ts';

type Headers = NonNullable<Route['headers']>;
/** How a reply on the way is marked: status, and its headers. */
type Mark = { readonly status: number; readonly headers: Headers };

const CONTROLS = [
  ...['', 'public', 'private', 'no-store', 'no-cache', 'max-age=60', 'public, max-age=60', 's-maxage=60', 'max-age=0'],
  ...['Private="x", max-age=60', 'max-age=60, no-Store', 'max-age=banana', 'immutable', 'max-age=60; private', 'x=1'],
];
const VARIES = ['', '', '', 'Accept-Encoding', '*', 'User-Agent', 'X-Device-IP', 'accept-encoding, cookie'];
const VIEWERS = ['203.0.113.7', '198.51.100.9', 'nobody'];
const REDIRECTS = [301, 302, 303, 307, 308];
const TMAX_MS = 20_000;

function markOf(random: Random, status: number): Mark {
  const [control, vary] = [random.pick(CONTROLS), random.pick(VARIES)];
  const headers = {
    ...(control !== '' && { 'cache-control': control }),
    ...(vary !== '' && { vary }),
    ...(random.once(6) && { 'set-cookie': 'u=1' }),
    ...(random.once(6) && { age: random.pick(['0', '61', 'x']) }),
    ...(random.once(6) && { expires: random.pick(['0', 'Thu, 01 Jan 2099 00:00:00 GMT']) }),
    ...(random.once(8) && { pragma: 'no-cache' }),
  };
  return { status, headers };
}

/** May what was decided for one be given to another? Told as strictly as simply, and not by the code that is tested. */
function mayShare(marks: readonly Mark[], isImpersonal: boolean): boolean {
  return marks.every(({ status, headers }) => {
    const control = String(headers['cache-control'] ?? '').toLowerCase();
    const vary = String(headers['vary'] ?? '').toLowerCase();
    if (/private|no-store|no-cache/.test(control) || 'set-cookie' in headers) return false;
    if (vary !== '' && vary !== 'accept-encoding') return false;
    if (/max-?age=60/.test(control) && !/=0/.test(control)) return true;
    if (!control.includes('age') && String(headers['expires'] ?? '').includes('2099')) return true;
    const isSilent = control === '' && !('expires' in headers) && !('pragma' in headers);
    return isSilent && isImpersonal && [200, 301, 308].includes(status);
  });
}

/** An ad server that decides anew each time, under random marks, for viewers who come in any order and at once. */
export async function startViewerFuzzer(): Promise<Fuzzer> {
  const ads = await startAdServer();
  const service = await startService({ TMAX_MAX_MS: String(TMAX_MS) });

  const make = (seed: number): Fuzzed => {
    const random = createRandom(seed);
    const ways = Array.from({ length: random.below(3) }, () => markOf(random, random.pick(REDIRECTS)));
    const marks = [...ways, markOf(random, 200)];
    const isWrapped = random.once(3);
    const groups = Array.from({ length: 1 + random.below(4) }, () =>
      Array.from({ length: 1 + random.below(3) }, () => random.pick(VIEWERS)),
    );
    const routeOf = (step: number): string => `/${seed}/${step}`;
    let decisions = 0;
    for (const [step, { status, headers }] of marks.entries()) {
      ads.route(routeOf(step), ({ path, headers: asked }): Route => {
        // the first decides, and its decision is carried on
        const carried = /[?&]for=([^&]+)/.exec(path)?.[1];
        const decision = carried ?? `${String(asked['x-device-ip'] ?? 'nobody')}-${(decisions += 1)}`;
        if (status !== 200)
          return { status, headers: { ...headers, location: `${routeOf(step + 1)}?for=${decision}` } };
        return { headers, body: vast(inLineAd({ id: decision })) };
      });
    }
    const entry = `${ads.base}${routeOf(0)}`;
    const given = async (viewer: string): Promise<string> => {
      const device = viewer === 'nobody' ? {} : { device: { ip: viewer } };
      const tag = isWrapped ? { adm: vast(wrapperAd({ uri: entry })) } : { url: entry };
      const reply = await service.unwrap({ ...tag, tmax: TMAX_MS, ...device });
      const { status, ads: found } = JSON.parse(reply.text) as UnwrapReport;
      if (status !== 'resolved') throw new Error(`status ${status}`);
      return found[0]!.id!;
    };
    const run = async (): Promise<string> => {
      const seen = new Set<string>();
      let shared = 0;
      for (const group of groups) {
        const got = await Promise.all(group.map(given));
        for (const [at, decision] of got.entries()) {
          const owner = decision.split('-')[0]!;
          const isTheirs = owner === group[at] && !seen.has(decision);
          const isImpersonal = owner === 'nobody' && group[at] === 'nobody';
          if (!isTheirs && !mayShare(marks, isImpersonal)) {
            throw new Error(`${group[at]} was given ${decision}, under ${JSON.stringify(marks)}`);
          }
          if (!isTheirs) shared += 1;
          seen.add(decision);
        }
      }
      return shared > 0 ? 'shared' : 'each their own';
    };
    return { input: Buffer.from(JSON.stringify({ marks, groups, isWrapped })), run };
  };
  return {
    make,
    close: async () => {
      await service.close();
      await ads[Symbol.asyncDispose]();
    },
  };
}
