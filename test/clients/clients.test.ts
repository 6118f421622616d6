import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { limiterOf } from '../support/limiters.ts';
import { startService, type TestService } from '../support/service.ts';
import { temporaryFolder } from '../support/tools.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const CLIENTS = join(import.meta.dirname, '../../samples/clients');
const DRIVERS = join(import.meta.dirname, 'drivers');
const PATH = `${process.env['PATH']}:/usr/local/go/bin`;

type Auction = { readonly request: object; readonly response: object };
type Outcome = { readonly outcome: string; readonly answer: object };

/** How a client is run: made ready in a folder, then driven: two calls, one after the other. */
type Language = {
  /** Asked whether the language is here at all. */
  readonly probe: readonly [string, string];
  readonly command: (folder: string) => readonly string[];
  /** Compiles what has to be compiled. */
  readonly prepare?: (folder: string) => void;
  readonly input: (auction: Auction) => string;
};

const asJson = (auction: Auction): string => JSON.stringify(auction);

const LANGUAGES: Readonly<Record<string, Language>> = {
  node: {
    probe: [process.execPath, '-v'],
    command: () => [process.execPath, join(DRIVERS, 'drive.ts')],
    input: asJson,
  },
  python: {
    probe: ['python3', '-V'],
    command: () => ['python3', '-B', join(DRIVERS, 'drive.py'), join(CLIENTS, 'python')],
    input: asJson,
  },
  go: {
    probe: ['go', 'version'],
    prepare: (folder) => {
      mkdirSync(join(folder, 'client'));
      cpSync(join(CLIENTS, 'go/client.go'), join(folder, 'client/client.go'));
      cpSync(join(DRIVERS, 'drive.go'), join(folder, 'main.go'));
      writeFileSync(join(folder, 'go.mod'), 'module drive\n\ngo 1.22\n');
      compile('go', ['build', '-o', 'drive', '.'], folder);
    },
    command: (folder) => [join(folder, 'drive')],
    input: asJson,
  },
  java: {
    probe: ['javac', '-version'],
    prepare: (folder) =>
      compile('javac', ['-d', folder, join(CLIENTS, 'java/Client.java'), join(DRIVERS, 'Drive.java')], folder),
    command: (folder) => ['java', '-cp', folder, 'Drive'],
    input: ({ request, response }) => `${JSON.stringify(request)}\n${JSON.stringify(response)}`,
  },
};

function compile(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, env: { ...process.env, PATH }, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Stands between a client and the service, and sees what goes over the wire. */
async function startWiretap(target: string) {
  const seen = { connections: 0, there: '', back: '' };
  const { hostname, port } = new URL(target);
  const server = createServer((socket) => {
    seen.connections += 1;
    const onward = connect(Number(port), hostname);
    socket.on('data', (chunk) => (seen.there += chunk.toString('latin1'))).on('error', () => onward.destroy());
    onward.on('data', (chunk) => (seen.back += chunk.toString('latin1'))).on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

for (const [name, language] of Object.entries(LANGUAGES)) {
  describe(`the client of samples/clients/${name}`, function () {
    // compilers and virtual machines that start cold
    this.timeout(120_000);
    const folder = temporaryFolder();
    let ads: AdServer;
    let service: TestService;
    before(async function () {
      const [command, flag] = language.probe;
      if (spawnSync(command, [flag], { env: { ...process.env, PATH } }).status !== 0) {
        console.log(`      skipped: no ${name} here`);
        this.skip();
      }
      language.prepare?.(folder.path);
      ads = await startAdServer({
        // large enough to be compressed
        '/ad': vast(inLineAd({ impression: `https://t.example/${'i'.repeat(2000)}` })),
        '/hang': { hang: 'before-headers' },
      });
      service = await startService({ TMAX_MAX_MS: '1000' });
    });
    after(async () => {
      folder[Symbol.dispose]();
      await service?.close();
      await ads?.[Symbol.asyncDispose]();
    });

    const auctionOf = (path: string): Auction => ({
      request: { id: 'r', imp: [{ id: '1', video: {} }] },
      response: {
        id: 'r',
        seatbid: [{ bid: [{ id: 'b', impid: '1', adm: vast(wrapperAd({ uri: `${ads.base}${path}` })) }] }],
      },
    });

    async function drive(endpoint: string, auction: Auction, waitMs: number): Promise<readonly Outcome[]> {
      const [command = '', ...args] = [...language.command(folder.path), endpoint, String(waitMs), String(waitMs / 2)];
      const child = spawn(command, args, { env: { ...process.env, PATH } });
      let [written, complaint] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
      child.stdin.end(language.input(auction));
      await once(child, 'close');
      const lines = written.trim().split('\n');
      expect(lines, complaint).to.have.length(2);
      return lines.map((line) => JSON.parse(line) as Outcome);
    }

    it('has bids unwrapped, compressed both ways and over one connection', async () => {
      const tap = await startWiretap(service.public);
      const outcomes = await drive(tap.url, auctionOf('/ad'), 15_000);
      tap.close();
      for (const { outcome, answer } of outcomes) {
        expect(outcome).to.equal('unwrapped');
        expect(answer).to.have.nested.property('seatbid[0].bid[0].ext.unwrap.status', 'resolved');
      }
      expect(tap.seen.connections).to.equal(1);
      expect(tap.seen.there)
        .to.match(/content-encoding: gzip/i)
        .and.to.not.contain('seatbid');
      expect(tap.seen.back)
        .to.match(/content-encoding: gzip/i)
        .and.to.not.contain('seatbid');
    });

    it('gets its answer before it gives up, where an ad server hangs', async () => {
      const tap = await startWiretap(service.public);
      const auction = auctionOf('/hang');
      const [first] = await drive(tap.url, auction, 10_000);
      tap.close();
      expect(first).to.deep.equal({ outcome: 'unwrapped', answer: auction.response });
      expect(tap.seen.connections).to.equal(1);
    });

    it('goes on with the bids that it has where it is refused, wrong, or the service is gone', async () => {
      const auction = auctionOf('/ad');
      const full = await startService({}, { limiter: limiterOf(0) });
      const refused = await drive(full.public, auction, 5000);
      await full.close();
      const gone = await drive(full.public, auction, 5000);
      const small = await startService({ MAX_BODY_BYTES: '1024' });
      const large = { ...auction, response: { ...auction.response, ext: 'x'.repeat(2000) } };
      const wrong = await drive(small.public, large, 5000);
      await small.close();
      for (const { answer } of [...refused, ...gone]) expect(answer).to.deep.equal(auction.response);
      expect(refused.map(({ outcome }) => outcome)).to.deep.equal(['refused', 'refused']);
      for (const { outcome, answer } of wrong) {
        expect(answer).to.deep.equal(large.response);
        expect(outcome).to.contain('HTTP 413').and.to.contain('MAX_BODY_BYTES');
      }
    });
  });
}
