import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { Rule } from '../../../src/validation/rule.ts';
import { RULES } from '../../../src/validation/rules/index.ts';
import { RULE_SAMPLES } from '../../support/rule-samples.ts';

const ids = RULES.map(({ id }) => id);

const FOLDER = resolve(import.meta.dirname, '../../../src/validation/rules');

/** The rules that a file of the folder exports. */
async function rulesIn(file: string): Promise<readonly Rule[]> {
  const exported = (await import(join(FOLDER, file))) as Readonly<Record<string, unknown>>;
  return Object.entries(exported).flatMap(([name, value]) => (name.endsWith('_RULES') ? (value as Rule[]) : []));
}

describe('RULES', () => {
  it('have ids of their own, written topic/name', () => {
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids.filter((id) => !/^[a-z]+\/[a-z0-9-]+$/.test(id))).to.deep.equal([]);
  });

  it('stand in the folder or file of their topic, and are all listed', async () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?<!index)\.ts$/.test(file),
    );
    const written = await Promise.all(files.map(async (file) => ({ file, rules: await rulesIn(file) })));
    const misplaced = written.flatMap(({ file, rules }) => {
      const [topic] = file.split(/[/.]/);
      return rules.filter(({ id }) => !id.startsWith(`${topic}/`)).map(({ id }) => `${id} stands in ${file}`);
    });
    expect(misplaced).to.deep.equal([]);
    expect(written.flatMap(({ rules }) => rules)).to.have.members(RULES);
  });

  it('say in full sentences why they matter and what to do', () => {
    const isSentence = (text: string): boolean => /^[^a-z].*\.$/.test(text);
    expect(RULES.filter(({ why, fix }) => !isSentence(why) || !isSentence(fix)).map(({ id }) => id)).to.deep.equal([]);
    expect(RULES.filter(({ title }) => title.endsWith('.')).map(({ id }) => id)).to.deep.equal([]);
  });

  it('name a source that everybody can read', () => {
    const known = /^(VAST|VMAP|OpenRTB|AdCOM|XML|RFC|SIMID|OMID|VPAID|HLS|ISO|WHATWG|IAB) ?/;
    expect(RULES.filter(({ spec }) => !known.test(spec)).map(({ id }) => id)).to.deep.equal([]);
  });

  it('name only rules that there are as telling the same', () => {
    expect(RULES.flatMap(({ coveredBy = [] }) => coveredBy).filter((id) => !ids.includes(id))).to.deep.equal([]);
  });

  it('reject by error only; what only the strict refuse is a warning or a note until the settings say otherwise', () => {
    const lenient = RULES.filter(({ rejects, severity }) => rejects && severity !== 'error').map(({ id }) => id);
    expect(lenient).to.have.members([
      'creative/drift',
      'openrtb/protocols-minor',
      'openrtb/orientation',
      'openrtb/secure-tracker',
    ]);
  });

  it('reject by looking at chain, ad or file, which auctions look at first', () => {
    const rejecting = RULES.filter(({ rejects }) => rejects).map(({ looksAt }) => looksAt);
    expect([...new Set(rejecting)]).to.have.members(['chain', 'ad', 'media']);
  });

  it('are as many as the documents of the world need', () => {
    expect(ids.length).to.be.greaterThan(180);
  });

  it('have no samples without a rule', () => {
    const folders = readdirSync(RULE_SAMPLES).flatMap((topic) =>
      readdirSync(join(RULE_SAMPLES, topic)).map((name) => `${topic}/${name}`),
    );
    expect(folders.filter((folder) => !ids.includes(folder))).to.deep.equal([]);
  });
});
