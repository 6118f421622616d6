import { readFileSync } from 'node:fs';
import { expect } from 'chai';

const STYLE = readFileSync(new URL('../../../src/admin/browser/style.css', import.meta.url), 'utf8');

describe('style.css', () => {
  it('gives every colour for light and for dark, and uses none that is not there', () => {
    const [light = '', dark = ''] = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => block);
    const namesOf = (block: string): string[] => [...block.matchAll(/(--[\w-]+): #/g)].map(([, name]) => name!);
    expect(namesOf(dark)).to.have.members(namesOf(light));
    const used = new Set([...STYLE.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name!));
    for (const name of used) expect(light).to.include(`${name}:`);
  });

  it('loads nothing', () => {
    expect(STYLE).not.to.match(/url\(|@import/);
  });
});
