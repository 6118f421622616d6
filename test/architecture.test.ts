import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';

// The rules of ARCHITECTURE.md, enforced: ranks, no cycles, library owners, purity, a test for every source file.

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** A folder may import from folders of a lower rank, from itself, and what MAY names. */
const RANKS: Record<string, number> = {
  deadline: 0,
  'content-coding': 0,
  breaker: 0,
  'own-delay': 0,
  'redact-url': 0,
  version: 0,
  'node-version': 0,
  'nearest-name': 0,
  'host-pattern': 0,
  'rule-list': 0,
  'repeated-text': 0,
  setting: 0,
  'stop-signal': 0,
  'exit-on-old-node': 1,
  'throw-on-old-node': 1,
  vast: 0,
  openrtb: 0,
  chain: 1,
  merge: 1,
  creative: 1,
  validation: 1,
  projection: 1.5,
  unwrap: 2,
  egress: 3,
  media: 3,
  cache: 3,
  hosts: 3,
  overload: 3,
  telemetry: 3,
  debug: 3,
  http: 4,
  warming: 4,
  batch: 4,
  admin: 5,
  mcp: 9,
  'settings-table': 4,
  config: 5,
  'warm-up': 5,
  readiness: 5,
  environment: 6,
  'loaded-settings': 7,
  reload: 8,
  worker: 8,
  supervisor: 9,
  engine: 8,
  'service-parts': 8.5,
  service: 9,
  'public-port': 9,
  'clustered-service': 10,
  index: 11,
  cli: 11,
  'run-service': 11,
  main: 12,
};

/** Imports beyond the ranks: [importer, imported], both a folder or a file. */
const MAY: readonly (readonly [string, string])[] = [
  ['breaker', 'deadline.ts'],
  ['own-delay', 'deadline.ts'],
  ['merge', 'chain/step.ts'],
  ['merge', 'validation/finding.ts'],
  ['merge', 'validation/rules/chain/merging.ts'],
  ['validation', 'chain/step.ts'],
  ['validation', 'chain/failure.ts'],
  ['chain', 'validation/finding.ts'],
  ['creative', 'validation/media-verdict.ts'],
  ['validation', 'creative/creative-look.ts'],
  ['openrtb', 'vast/error-code.ts'],
  ['openrtb', 'vast/ad-summary.ts'],
  ['cli', 'index.ts'],
];

/** What the rank-3 folders may know of the core: the deadline, the type files of the ports, and pure tables. */
const OUTER_MAY = [
  'deadline.ts',
  'unwrap/ports.ts',
  'unwrap/result.ts',
  'chain/failure.ts',
  'chain/status.ts',
  'validation/media-verdict.ts',
  'creative/creative-look.ts',
];
const OUTER = ['egress', 'media', 'cache', 'hosts', 'overload', 'telemetry'];

/** Third-party libraries, and who alone may import them. */
const OWNERS: Record<string, string | readonly string[]> = {
  'fast-xml-parser': 'vast',
  got: 'egress',
  'ipaddr.js': 'egress',
  mediabunny: 'media',
  'hls-parser': 'media',
  'lru-cache': 'cache',
  ioredis: 'cache',
  pino: 'telemetry',
  koa: ['http', 'admin'],
  '@koa/router': ['http', 'admin'],
  zod: ['http', 'mcp'],
  diff: 'admin',
  papaparse: 'batch',
  '@modelcontextprotocol/sdk': 'mcp',
};

const PURE = ['vast', 'openrtb', 'creative', 'chain', 'merge', 'validation', 'debug', 'admin/pages'];
const BARRELS = ['index.ts', 'validation/rules/index.ts'];
const BANNED_NAMES = /(^|\/)(utils?|helpers?|common|lib|manager|misc|shared)(\/|\.ts$)/;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();

type Import = { readonly from: string; readonly specifier: string };

function readImports(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    found.push({ from: file, specifier: statement.moduleSpecifier.text });
  }
  return found;
}

const imports = files.flatMap(readImports);
const local = imports
  .filter(({ specifier }) => specifier.startsWith('.'))
  .map((each) => ({ ...each, to: relative(SRC, resolve(SRC, dirname(each.from), each.specifier)) }));

/** The part of the tree a file belongs to: its top folder, or its own name at the top. */
const partOf = (file: string): string => (file.includes('/') ? file.split('/')[0]! : file.replace(/\.ts$/, ''));

function isAllowed(from: string, to: string): boolean {
  const [importer, imported] = [partOf(from), partOf(to)];
  if (importer === imported) return true;
  if (MAY.some(([a, b]) => a === importer && b === to)) return true;
  if (OUTER.includes(importer)) return OUTER_MAY.includes(to) || RANKS[imported] === 0;
  return RANKS[imported]! < RANKS[importer]!;
}

describe('architecture', () => {
  it('knows the rank of every part', () => {
    expect(files.map(partOf).filter((part) => RANKS[part] === undefined)).to.deep.equal([]);
  });

  it('imports only from lower ranks', () => {
    const wrong = local.filter(({ from, to }) => !isAllowed(from, to)).map(({ from, to }) => `${from} -> ${to}`);
    expect(wrong).to.deep.equal([]);
  });

  it('has no import cycles, those of types included', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of local) edges.set(from, [...(edges.get(from) ?? []), to]);
    const cycles: string[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') return void cycles.push([...trail, file].join(' -> '));
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).to.deep.equal([]);
  });

  it('gives each library one owner, and the two listeners theirs', () => {
    const wrong = imports.filter(({ from, specifier }) => {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) return false;
      const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]!;
      const owner = name.startsWith('@opentelemetry/') ? 'telemetry' : OWNERS[name];
      return ![owner].flat().includes(partOf(from));
    });
    expect(wrong.map(({ from, specifier }) => `${from} imports ${specifier}`)).to.deep.equal([]);
  });

  it('keeps the core pure: no I/O, no clock, no randomness', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.|process\.|fetch\(|setTimeout|setInterval|crypto\.)/;
    const wrong = files
      .filter((file) => PURE.some((folder) => file.startsWith(`${folder}/`)))
      .filter((file) => {
        const nodeImport = imports.some(({ from, specifier }) => from === file && specifier.startsWith('node:'));
        return nodeImport || impure.test(readFileSync(join(SRC, file), 'utf8'));
      });
    expect(wrong).to.deep.equal([]);
  });

  it('has no default exports, no barrels, no drawers', () => {
    const wrong = files.filter((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      const barrel = /^export (\*|\{[^}]*\}) from/m.test(text) && !BARRELS.includes(file);
      return /^export default/m.test(text) || barrel || BANNED_NAMES.test(file);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('has a test for every source file that does something', () => {
    const typesOnly = (file: string): boolean => {
      const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest);
      return source.statements.every(
        (each) => ts.isTypeAliasDeclaration(each) || ts.isInterfaceDeclaration(each) || ts.isImportDeclaration(each),
      );
    };
    const missing = files
      .filter((file) => !typesOnly(file) && file !== 'main.ts' && file !== 'index.ts')
      .filter((file) => !existsSync(join(ROOT, 'test', file.replace(/\.ts$/, '.test.ts'))));
    expect(missing).to.deep.equal([]);
  });
});
