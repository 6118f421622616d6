import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from './pages.ts';

// `npm run docs`: writes every page of PAGES; test/docs.test.ts holds the committed ones against it.

for (const [file, page] of Object.entries(PAGES)) {
  const path = join(import.meta.dirname, file);
  writeFileSync(path, page());
  console.log(path);
}
