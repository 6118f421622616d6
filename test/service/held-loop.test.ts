import { expect } from 'chai';
import { threadClock, withoutHolding } from '../fuzz/loop-watch.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

/** ms of CPU in one go, on an ordinary core: three times the aim, which the most contrived of these do not reach. */
const HOLD_MS = 75;
/** The rounds that an ordinary core does in a ms. */
const ROUNDS_PER_MS = 800_000;
const BODY_CHARS = 1_000_000;

/** How many times slower than an ordinary core this one is now, beside whatever else it does. */
function slowness(): number {
  const began = threadClock();
  let mixed = 0;
  for (let round = 0; round < 10 * ROUNDS_PER_MS; round += 1) mixed = (mixed * 31 + round) | 0;
  const ms = threadClock() - began;
  return mixed === 0 ? 1 : Math.max(1, ms / 10);
}

const fill = (unit: string): string => unit.repeat(Math.floor(BODY_CHARS / unit.length));

/** What fills a body to its limit, such that each way of looking at it has most to do. */
const TEXTS: Readonly<Record<string, string>> = {
  'lines of URLs': fill('https://a.example/v?x=1&y=2\n'),
  'documents, one a line': fill(`${vast(inLineAd()).replaceAll('\n', ' ')}\n`),
  'short lines': fill('a\n'),
  'a table': `tag,name\n${fill('https://a.example/v,x\n')}`,
  words: fill('plain words here '),
  commas: fill(','),
  'a URL with many parameters': `https://a.example/?${fill('a=b&')}`,
  'a URL with many macros': `https://a.example/?${fill('a=[X]&')}`,
  'a long host': `https://${fill('é')}/`,
  'a data: URI': `data:text/xml,${fill('%41a')}`,
};

describe('a text that fills a body', () => {
  let service: TestService;
  before(async () => {
    service = await startService({ EGRESS_ALLOW: '' });
    // what was never run is slow
    for (let time = 0; time < 3; time += 1) slowness();
  });
  after(() => service.close());

  /** Sends it anew each time, as a caller would, and lets what it began end. */
  const send = async (url: string, type: string, body: string): Promise<number> => {
    const reply = await service.send(url, { headers: { 'Content-Type': type }, body });
    const list = reply.headers.location;
    if (list?.startsWith('/batch') === true) {
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await service.send(`${service.admin}${list}/stop`, { method: 'POST' });
    }
    return reply.status;
  };

  for (const [what, text] of Object.entries(TEXTS)) {
    const boundary = 'a-boundary';
    const field = `--${boundary}\r\nContent-Disposition: form-data; name="tags"\r\n\r\n${text}\r\n--${boundary}--\r\n`;
    it(`does not hold the loop as a list or as a tag: ${what}`, async () => {
      const bodies = [
        ['/v1/unwrap', 'application/json', JSON.stringify({ url: text, tmax: 100 })],
        ['/v1/unwrap', 'application/json', JSON.stringify({ adm: text, tmax: 100 })],
        [`${service.admin}/debug`, 'application/x-www-form-urlencoded', String(new URLSearchParams({ tag: text })).slice(0, BODY_CHARS)], // prettier-ignore
        [`${service.admin}/batch`, `multipart/form-data; boundary=${boundary}`, field],
      ] as const;
      for (const [url, type, body] of bodies) {
        expect(await withoutHolding(HOLD_MS * slowness(), () => send(url, type, body)), url).to.be.below(500);
      }
    });
  }
});
