import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { collapse } from '../../src/merge/collapse.ts';
import { MERGE_TABLE } from '../../src/merge/merge-table.ts';
import type { Merged } from '../../src/merge/merged.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import { branchOf, settled } from '../support/settled.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';
import { needSchemas, schemaErrors } from '../support/vast-schema.ts';

// Every folder of samples/merge is a case: wrapper.xml, or wrapper-0.xml (the outermost) and so on; inline.xml, without
// which the wrappers are collapsed; expected.xml.

const SAMPLES = resolve(import.meta.dirname, '../../samples/merge');
const cases = readdirSync(SAMPLES).sort();
const sample = (name: string, file: string): string => readFileSync(join(SAMPLES, name, file), 'utf8');
const wrappersOf = (name: string): readonly string[] =>
  readdirSync(join(SAMPLES, name))
    .filter((file) => file.startsWith('wrapper'))
    .sort()
    .map((file) => sample(name, file));

/** A document without what guidance added since the last schema was published. */
const withoutAdditions = (text: string): string =>
  text.replaceAll(/<NonLinearAds>[^]*?<\/NonLinearAds>/g, (ads) =>
    ads.replaceAll(/\s*<(Icons|MediaFiles|Duration|NonLinearCustomClick)\b[^]*?<\/\1>/g, ''),
  );

function run(name: string): Merged {
  const wrappers = wrappersOf(name);
  return existsSync(join(SAMPLES, name, 'inline.xml'))
    ? mergeAds([settled(wrappers, sample(name, 'inline.xml'))], { pod: false, dedupe: 'none' })
    : collapse(branchOf(wrappers), 'https://inner.example/vast');
}

describe('MERGE_TABLE', () => {
  it('has a case folder for every row', () => {
    expect(MERGE_TABLE.map(({ element }) => element).filter((element) => !cases.includes(element))).to.deep.equal([]);
  });

  for (const name of cases) {
    it(`merges ${name}`, () => {
      expect(run(name).adm).to.equal(sample(name, 'expected.xml'));
    });
  }

  it('makes a container like the one that held something, not like an empty one before it', () => {
    const wrapper = vast(
      '<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI><Extensions/><Extensions a="1"><Extension/></Extensions></Wrapper></Ad>',
    );
    const { adm } = mergeAds([settled([wrapper], vast(inLineAd()))], { pod: false, dedupe: 'none' });
    expect(adm).to.contain('<Extensions a="1"><Extension/></Extensions>');
  });

  for (const name of cases) {
    it(`keeps ${name} valid against the schema of its version, where all of its parts are known there`, function () {
      needSchemas(this);
      const { adm, findings } = run(name);
      const parts = [
        ...wrappersOf(name),
        ...(existsSync(join(SAMPLES, name, 'inline.xml')) ? [sample(name, 'inline.xml')] : []),
      ];
      for (const part of parts) expect(schemaErrors(withoutAdditions(part), read(part).version)).to.deep.equal([]);
      if (findings.some(({ rule }) => rule === 'chain/version-foreign')) return;
      // 2.0 and 3.0 allow one Error; players take several.
      const errors = schemaErrors(withoutAdditions(adm), read(adm).version).filter(
        (error) => !error.includes("Element 'Error'"),
      );
      expect(errors).to.deep.equal([]);
    });
  }
});
