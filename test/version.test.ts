import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { VERSION } from '../src/version.ts';

describe('VERSION', () => {
  it('is that of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(VERSION).to.equal(version);
  });
});
