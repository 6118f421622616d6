import { expect } from 'chai';
import type { Setting } from '../src/setting.ts';
import { SETTINGS } from '../src/settings-table.ts';

const ROWS = Object.entries(SETTINGS) as [string, Setting<unknown>][];

describe('SETTINGS', () => {
  it('are named as environment variables are', () => {
    for (const [name] of ROWS) expect(name).to.match(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
  });

  it('say in sentences what they are for', () => {
    for (const [name, { doc }] of ROWS) expect(doc, name).to.match(/^[A-Z`].*\.$/s);
  });

  it('have defaults that may be written as well', () => {
    for (const [name, { default: value, parse }] of ROWS) {
      if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean') continue;
      expect(parse(String(value)), name).to.deep.equal({ value });
    }
  });

  it('hide what opens doors', () => {
    const secret = ROWS.filter(([, row]) => row.secret).map(([name]) => name);
    expect(secret).to.include.members(['ADMIN_TOKEN', 'CACHE_SECRET', 'CACHE_URL']);
  });
});
