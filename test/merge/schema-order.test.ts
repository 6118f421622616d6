import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  isKnown,
  knows,
  ranksFor,
  SCHEMA_ORDER,
  SCHEMA_VERSIONS,
  schemaVersion,
  type SchemaVersion,
} from '../../src/merge/schema-order.ts';
import { needSchemas, schemaFile } from '../support/vast-schema.ts';

/** The children of every element of a schema, in its order, by `parent`, and by `Wrapper/parent` where they differ there. */
function readOrders(version: SchemaVersion): ReadonlyMap<string, string> {
  const orders = new Map<string, string>();
  const path: string[] = [];
  let indents: number[] = [];
  for (const line of readFileSync(schemaFile(version, '.order.txt'), 'utf8').split('\n')) {
    const [, indent = '', name] = /^( *)(\w+)/.exec(line) ?? [];
    if (name !== undefined) {
      const depth = indents.findIndex((each) => each >= indent.length);
      if (depth !== -1) [indents, path.length] = [indents.slice(0, depth), depth];
      indents.push(indent.length);
      path.push(name);
    } else if (line.includes('=>')) {
      const parent = path.at(-1)!;
      const children = [...line.matchAll(/(\w+)\(\d/g)].map(([, child]) => child!).join(' ');
      const key = path.includes('Wrapper') && parent !== 'Wrapper' ? `Wrapper/${parent}` : parent;
      if (!orders.has(key)) orders.set(key, children);
    }
  }
  return orders;
}

const ours = (key: string, version: SchemaVersion): string | undefined => {
  const row = SCHEMA_ORDER[key];
  const last = SCHEMA_VERSIONS.findLast((each) => each <= version && row?.[each] !== undefined);
  return last === undefined ? undefined : row![last];
};

describe('SCHEMA_ORDER', () => {
  for (const version of SCHEMA_VERSIONS) {
    it(`is the order of the ${version} schema`, function () {
      needSchemas(this);
      const orders = readOrders(version);
      const wrong = [];
      for (const key of Object.keys(SCHEMA_ORDER)) {
        const schema = orders.get(key);
        if (schema !== undefined && schema !== ours(key, version)) wrong.push(`${key}: ${schema}`);
        if (schema === undefined && !key.startsWith('Wrapper/') && ours(key, version) !== undefined)
          wrong.push(`${key}: unknown`);
      }
      for (const [key, schema] of orders) {
        const inLine = key.replace('Wrapper/', '');
        if (
          key.startsWith('Wrapper/') &&
          SCHEMA_ORDER[key] === undefined &&
          inLine in SCHEMA_ORDER &&
          schema !== ours(inLine, version)
        ) {
          wrong.push(`${key}: ${schema}`);
        }
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

describe('knows', () => {
  it('tells what a version has, by the side it stands on', () => {
    expect(knows('3.0', 'InLine', 'InLine', 'ViewableImpression')).to.equal(false);
    expect(knows('4.0', 'InLine', 'InLine', 'ViewableImpression')).to.equal(true);
    expect(knows('4.1', 'InLine', 'VideoClicks', 'ClickThrough')).to.equal(true);
    expect(knows('4.1', 'Wrapper', 'VideoClicks', 'ClickThrough')).to.equal(false);
    expect(knows('3.0', 'InLine', 'Extension', 'Anything')).to.equal(true);
  });
});

describe('isKnown', () => {
  it('tells what any version has', () => {
    expect([isKnown('Linear', 'Icons'), isKnown('Linear', 'Own')]).to.deep.equal([true, false]);
  });
});

describe('ranksFor', () => {
  it('gives the order of the lowest version that knows the child, where its own does not', () => {
    const ranks = ranksFor('3.0', 'InLine', 'InLine', 'ViewableImpression')!;
    expect(ranks.get('ViewableImpression')).to.be.greaterThan(ranks.get('Pricing')!);
    expect(ranks.get('ViewableImpression')).to.be.lessThan(ranks.get('AdTitle')!);
  });
});
