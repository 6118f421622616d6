import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  ATTRIBUTES,
  CHILDREN,
  SCHEMA_VERSIONS,
  schemaVersion,
  wordsOf,
  type SchemaVersion,
} from '../../src/vast/schema-table.ts';
import { needSchemas, schemaFile } from '../support/vast-schema.ts';

type SchemaRow = { children: string; attributes: string };

/** What a schema says of each element, by `parent`, and by `Wrapper/parent` for those below a Wrapper. */
function readSchema(version: SchemaVersion): ReadonlyMap<string, SchemaRow> {
  const rows = new Map<string, SchemaRow>();
  const path: string[] = [];
  let indents: number[] = [];
  let current: SchemaRow | undefined;
  for (const line of readFileSync(schemaFile(version, '.order.txt'), 'utf8').split('\n')) {
    const [, indent = '', name, rest = ''] = /^( *)(\w+)(.*)/.exec(line) ?? [];
    if (name !== undefined) {
      const depth = indents.findIndex((each) => each >= indent.length);
      if (depth !== -1) [indents, path.length] = [indents.slice(0, depth), depth];
      indents.push(indent.length);
      path.push(name);
      current = rest.includes('(see') ? undefined : { children: '', attributes: readAttributes(rest) };
      if (current !== undefined && !rows.has(keyOf(path))) rows.set(keyOf(path), current);
    } else if (line.includes('=>') && current !== undefined) {
      current.children = readChildren(line);
    }
  }
  return rows;
}

function keyOf(path: readonly string[]): string {
  const name = path.at(-1)!;
  if (path.slice(-3, -1).includes('Verification') && (name === 'Tracking' || name === 'ViewableImpression')) {
    return `Verification/${name}`;
  }
  return path.slice(0, -1).includes('Wrapper') ? `Wrapper/${name}` : name;
}

function readAttributes(rest: string): string {
  const list = /@ \[(.*)\]/.exec(rest)?.[1] ?? '';
  if (list.includes('*any*')) return '...';
  return [...list.matchAll(/(\w+!?)(?::\w+)?/g)].map(([, attribute]) => attribute!).sort().join(' '); // prettier-ignore
}

const MARKS: Readonly<Record<string, string>> = { '0..1': '', '1..1': '!', '0..*': '*', '1..*': '+' };

function readChildren(line: string): string {
  if (line.includes('ANY')) return '...';
  return [...line.matchAll(/(\w+)\((\d\.\.[\d*])\)/g)].map(([, name, bounds]) => name! + MARKS[bounds!]).join(' ');
}

/** Where we follow the words of a specification, since its schema forgot them. */
const DEVIATIONS: ReadonlySet<string> = new Set([
  '2.0 Extension',
  '4.0 NonLinear',
  '4.0 Wrapper/NonLinear',
  '4.1 Wrapper/NonLinear',
  '4.2 Wrapper/NonLinear',
  '4.2 Icon',
]);

const ourWords = (table: typeof CHILDREN, key: string, version: SchemaVersion): readonly string[] =>
  wordsOf(table[key] ?? table[key.replace(/^\w+\//, '')], version) ?? [];

describe('the schema tables', () => {
  for (const version of SCHEMA_VERSIONS) {
    it(`hold what the ${version} schema says of every element`, function () {
      needSchemas(this);
      const wrong = [];
      for (const [key, { children, attributes }] of readSchema(version)) {
        const ours = {
          children: ourWords(CHILDREN, key, version).join(' '),
          attributes: ourWords(ATTRIBUTES, key, version).toSorted().join(' '),
        };
        if (DEVIATIONS.has(`${version} ${key}`)) continue;
        if (ours.children !== children) wrong.push(`${key}: ${children}`);
        if (ours.attributes !== attributes) wrong.push(`${key} @ ${attributes}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});

describe('schemaVersion', () => {
  it('holds 4.3 against 4.2, the last schema there is', () => {
    expect((['2.0', '3.0', '4.0', '4.3'] as const).map(schemaVersion)).to.deep.equal(['2.0', '3.0', '4.0', '4.2']);
  });
});

describe('wordsOf', () => {
  it('takes the row of the version, else that of the one before it', () => {
    const row = { '3.0': 'a b!', '4.1': 'c' };
    expect(SCHEMA_VERSIONS.map((version) => wordsOf(row, version))).to.deep.equal([
      undefined,
      ['a', 'b!'],
      ['a', 'b!'],
      ['c'],
      ['c'],
    ]);
  });
});
