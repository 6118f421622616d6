import { SETTINGS } from '../src/settings-table.ts';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .trim()
  .split('\n')
  // templates of pages that are made
  .filter((page) => !page.startsWith('docs/pages/'));

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

function anchorsOf(path: string): readonly string[] {
  return [...read(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => anchorOf(heading!));
}

/** Prose and commands without what stands in fenced blocks of other languages. */
const withoutFences = (text: string): string => text.replaceAll(/^```[^]*?^```/gm, '');

describe('what is written for people', () => {
  for (const page of PAGES) {
    it(`${page} leads to files and headings that are there`, () => {
      const broken = [...withoutFences(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [path = '', anchor] = link.split('#');
          const target = path === '' ? page : join(dirname(page), path);
          if (!existsSync(join(ROOT, target))) return true;
          return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
        });
      expect(broken).to.deep.equal([]);
    });
  }

  it('names npm scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = PAGES.flatMap((page) => [...read(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name!));
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).to.deep.equal([]);
  });

  it('names settings that there are', () => {
    // words of two parts in backticks, with an equals sign or alone in a settings table
    const assigned = PAGES.flatMap((page) =>
      [...read(page).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)=[^`]*`/g)].map(([, name]) => name!),
    );
    const others = /^(OTEL_|NODE_|BENCH_|TRACES_|METRICS_|VAST_UNWRAP_|GOFLAGS)/;
    expect(assigned.filter((name) => !others.test(name) && !Object.hasOwn(SETTINGS, name))).to.deep.equal([]);
  });

  it('has every page in the table of contents', () => {
    const contents = read('docs/README.md');
    const pages = PAGES.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
    expect(pages.filter((page) => !contents.includes(`](${page.slice('docs/'.length)})`))).to.deep.equal([]);
  });

  it('has a page in the runbook for every alert, and no other', () => {
    const { groups } = parse(read('samples/dashboards/rules.yaml')) as {
      groups: readonly { rules: readonly { alert: string; annotations: Record<string, string> }[] }[];
    };
    const alerts = groups.flatMap(({ rules }) => rules);
    const pages = [...read('docs/runbook.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(pages).to.have.members(alerts.map(({ alert }) => alert));
    for (const { alert, annotations } of alerts) {
      expect(annotations['runbook_url']).to.equal(`docs/runbook.md#${alert.toLowerCase()}`);
    }
  });

  it('tells one version everywhere', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const chart = parse(read('deploy/helm/Chart.yaml')) as { version: string; appVersion: string };
    expect(chart).to.include({ version, appVersion: version });
    expect(read('Dockerfile')).to.contain(`ARG VERSION=${version}\n`);
  });
});
