import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { PAGES } from '../docs/pages.ts';

const DOCS = resolve(import.meta.dirname, '../docs');

describe('the pages made from the code', () => {
  for (const [file, page] of Object.entries(PAGES)) {
    it(`docs/${file} is what the code says: else run \`npm run docs\``, () => {
      const made = page();
      expect(readFileSync(join(DOCS, file), 'utf8')).to.equal(made);
    });

    it(`docs/${file} leads to files that are there`, () => {
      const links = [...page().matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => path!);
      expect(links.filter((path) => !existsSync(join(DOCS, path)))).to.deep.equal([]);
    });
  }
});
