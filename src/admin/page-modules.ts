import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

// Browsers load the packages that a page needs one by one, as they are published: there is no bundler. What is sent is
// settled here, by walking the imports of the page's own module; no path out of a request touches the disk.

/** JavaScript as it is sent. */
export type PageModule = { readonly text: string; readonly gzipped: Buffer };

/** A page's own module, and all that it imports, by their paths. */
export type PageModules = { readonly entry: PageModule; readonly packages: ReadonlyMap<string, PageModule> };

/** Below it, each package has a path that changes with its version. */
export const MODULES_PATH = '/debug/modules/';

/** An import or a re-export with the package that it names. */
const IMPORT = /^((?:import|export)\b[^'";]*?\bfrom\s*)(['"])([^'"]+)\2/gm;

const gzipped = promisify<string, Buffer>(gzip);

/**
 * Collects what a browser needs to run a module that imports packages by name. In each text the names are replaced by
 * the paths of the packages, and those are collected likewise.
 *
 * @param entry the text of the module
 * @param from the file whose packages are meant
 * @throws Error where a package is not installed, or has no module that a browser could load
 */
export async function collectPageModules(entry: string, from: string = import.meta.filename): Promise<PageModules> {
  const packages = new Map<string, PageModule>();
  const seen = new Set<string>();

  /** The text with paths for names; what it imports is collected first. */
  const rewrite = async (text: string, importer: string): Promise<PageModule> => {
    const pathOf = new Map<string, string>();
    for (const [, , , name] of text.matchAll(IMPORT)) pathOf.set(name!, await collect(name!, importer));
    const rewritten = text.replace(IMPORT, (_all, before: string, _quote, name: string) => {
      return `${before}'${pathOf.get(name)}'`;
    });
    return { text: rewritten, gzipped: await gzipped(rewritten) };
  };

  const collect = async (name: string, importer: string): Promise<string> => {
    const { path, file } = await findModule(name, importer);
    if (!seen.has(path)) {
      seen.add(path);
      packages.set(path, await rewrite(await readFile(file, 'utf8'), file));
    }
    return path;
  };

  return { entry: await rewrite(entry, from), packages };
}

/** The one file that a package is for a browser, and the path by which it is sent. */
async function findModule(name: string, importer: string): Promise<{ readonly path: string; readonly file: string }> {
  const manifest = findPackageJSON(name, importer);
  if (manifest === undefined) throw new Error(`${name} is not installed: run npm install`);
  const { version, exports, module } = JSON.parse(await readFile(manifest, 'utf8')) as {
    readonly version: string;
    readonly exports?: { readonly import?: string };
    readonly module?: string;
  };
  const main = exports?.import ?? module;
  if (main === undefined) throw new Error(`${name} ${version} has no module that a browser could load`);
  return { path: `${MODULES_PATH}${name}@${version}.js`, file: join(dirname(manifest), main) };
}
