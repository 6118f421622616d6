import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { collectPageModules } from '../../src/admin/page-modules.ts';

const EDITOR = readFileSync(new URL('../../src/admin/browser/modules/editor.js', import.meta.url), 'utf8');

describe('collectPageModules', () => {
  it('puts paths for names, through all that is imported', async () => {
    const { entry, packages } = await collectPageModules(
      `import elt from 'crelt';\nimport {\n  EditorView,\n} from "@codemirror/view";\nconst text = "from 'crelt'";`,
    );
    const { version } = JSON.parse(
      readFileSync(new URL('../../node_modules/crelt/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    expect(entry.text).to.include(`import elt from '/debug/modules/crelt@${version}.js';`);
    expect(entry.text).to.include(`const text = "from 'crelt'";`);
    expect([...packages.keys()].join())
      .to.include('/@codemirror/state@')
      .and.include('/style-mod@');
  });

  it('leaves nothing of what the editor needs to be found by a browser', async () => {
    const { entry, packages } = await collectPageModules(EDITOR);
    for (const { text, gzipped } of [entry, ...packages.values()]) {
      const named = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s*['"]([^'"]+)['"]/gm)].map(
        ([, name]) => name!,
      );
      expect(named.filter((name) => !packages.has(name))).to.deep.equal([]);
      expect(gunzipSync(gzipped).toString()).to.equal(text);
    }
  });

  it('finds all that the editor names in a production install', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      dependencies: object;
    };
    const named = [...EDITOR.matchAll(/^import\b[^']*\bfrom '([^']+)'/gm)].map(([, name]) => name!);
    expect(named).to.not.be.empty;
    expect(dependencies).to.include.keys(named);
  });

  it('says which package is missing', async () => {
    const failed = await collectPageModules(`import x from 'no-such-package';`).catch((error: Error) => error.message);
    expect(failed).to.include('no-such-package');
  });
});
