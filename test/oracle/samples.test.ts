import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Version } from '../support/ad-parts.ts';
import { startAdServer, type Route } from '../support/ad-server.ts';
import { followAsPlayer, type AskAdServer } from '../support/player-follow.ts';
import { play, playDocument } from '../support/player.ts';
import { startService, type TestService } from '../support/service.ts';
import { needSchemas, schemaErrors, withoutExceptions } from '../support/vast-schema.ts';

// Every folder of samples/unwrap, through the whole service over real sockets. `0.xml` is the entry, the others are
// served under their names; `{{base}}` is the ad server's origin.

const SAMPLES = resolve(import.meta.dirname, '../../samples/unwrap');

type Case = {
  readonly description: string;
  /** `document`: 0.xml is handed over in place of its URL. */
  readonly input?: 'document';
  /** In ms. */
  readonly tmax?: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly macros?: Readonly<Record<string, unknown>>;
  /** Paths that are answered by script; `file` is the document they serve. */
  readonly routes?: Readonly<Record<string, Omit<Route, 'body'> & { readonly file?: string }>>;
  /** Documents that are not valid by the schema of their version, and why. */
  readonly invalid?: Readonly<Record<string, string>>;
  /** Why the result is not valid by the schema of its version, though all its parts are. */
  readonly foreign?: string;
  readonly expected: {
    readonly status: string;
    readonly vastError: number | null;
    readonly reason: string | null;
    readonly wrappers: number;
    readonly errorUrls: readonly string[];
    /** Paths asked for, in order. */
    readonly requests: readonly string[];
  };
};

const bytesOf = (folder: string, file: string): Buffer => readFileSync(join(SAMPLES, folder, file));
const read = (folder: string, file: string): string => decode(bytesOf(folder, file));

/** Text by the encoding that the XML declaration names. */
function decode(bytes: Buffer): string {
  const [, encoding] = /^<\?xml [^>]*encoding="([^"]*)"/.exec(bytes.toString('latin1')) ?? [];
  return new TextDecoder(encoding).decode(bytes);
}

const fill = (text: string, base: string): string =>
  text.replaceAll('{{base}}', base).replaceAll('{{host}}', base.slice('http://'.length));

/** A document as its bytes are, save the placeholders. */
const served =
  (folder: string, file: string): NonNullable<Route['body']> =>
  ({ headers }) =>
    Buffer.from(fill(bytesOf(folder, file).toString('latin1'), `http://${headers.host}`), 'latin1');

const documentsIn = (folder: string): readonly string[] =>
  readdirSync(join(SAMPLES, folder)).filter((file) => /^\w+\.xml$/.test(file) && file !== 'expected.xml');

function routesOf(folder: string, { routes = {} }: Case): Record<string, Route> {
  const documents = documentsIn(folder).map((file): [string, Route] => [`/${file}`, { body: served(folder, file) }]);
  const scripted = Object.entries(routes).map(([path, { file, ...route }]): [string, Route] => {
    const body = file ?? path.slice(1);
    return [path, existsSync(join(SAMPLES, folder, body)) ? { ...route, body: served(folder, body) } : route];
  });
  return Object.fromEntries([...documents, ...scripted]);
}

/** A player's own requests. */
const askOverHttp: AskAdServer = async (uri) => {
  const reply = await fetch(uri);
  return reply.ok ? { url: reply.url, body: decode(Buffer.from(await reply.arrayBuffer())) } : null;
};

describe('samples/unwrap', () => {
  let service: TestService;
  before(async () => {
    service = await startService({ CACHE_DEFAULT_TTL_MS: '0' });
  });
  after(() => service.close());

  for (const folder of readdirSync(SAMPLES)) {
    const sample = JSON.parse(read(folder, 'case.json')) as Case;

    it(`${folder}: ${sample.description}`, async () => {
      await using ads = await startAdServer(routesOf(folder, sample));
      const { input, tmax = 1000, options = {}, macros = {}, expected } = sample;
      const entry =
        input === 'document' ? { adm: fill(read(folder, '0.xml'), ads.base) } : { url: `${ads.base}/0.xml` };
      const reply = await service.unwrap({ ...entry, tmax, options, macros });
      expect(reply.status, reply.text).to.equal(200);
      const answer = JSON.parse(reply.text) as Case['expected'] & { adm: string | null };
      const requests = [...ads.paths()];

      const { status, vastError, reason, wrappers, errorUrls } = answer;
      expect({ status, vastError, reason, wrappers, errorUrls, requests }).to.deep.equal(expected);
      const adm = existsSync(join(SAMPLES, folder, 'expected.xml'))
        ? fill(read(folder, 'expected.xml'), ads.base)
        : null;
      expect(answer.adm).to.equal(adm);
      if (status !== 'resolved' || adm === null) return;

      const player = await followAsPlayer('url' in entry ? { uri: entry.url } : { document: entry.adm }, askOverHttp);
      expect(playDocument(adm)).to.deep.equal(player.ads.map(play));
    });
  }

  it('are valid by the schemas, or say why not', function () {
    needSchemas(this);
    const wrong: string[] = [];
    for (const folder of readdirSync(SAMPLES)) {
      const { invalid = {}, foreign } = JSON.parse(read(folder, 'case.json')) as Case;
      for (const file of readdirSync(join(SAMPLES, folder)).filter((each) => each.endsWith('.xml'))) {
        const text = fill(read(folder, file), 'http://ads.example');
        const excuse = file === 'expected.xml' ? foreign : invalid[file];
        const errors = errorsOf(text);
        if (errors.length > 0 !== (excuse !== undefined))
          wrong.push(`${folder}/${file}: ${errors.join(' ') || 'is valid after all'}`);
      }
    }
    expect(wrong.join('\n')).to.equal('');
  });
});

function errorsOf(text: string): readonly string[] {
  const version = (/<VAST[^>]* version="([^"]*)"/.exec(text)?.[1] ?? '4.2') as Version;
  try {
    return schemaErrors(withoutExceptions(text, version), version);
  } catch (error) {
    return [String(error)];
  }
}
