import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { MACROS } from '../../src/vast/macro-table.ts';

/** The list of the IAB Tech Lab, beside the checkout. */
const PUBLISHED = resolve(import.meta.dirname, '../../../shared/vast/macros.csv');

describe('MACROS', () => {
  it('has the 59 macros, 50 of them for ad tag URIs', () => {
    expect(new Set(MACROS.map(({ name }) => name)).size).to.equal(59);
    expect(MACROS.filter(({ inTagRequests }) => inTagRequests)).to.have.length(50);
  });

  it('says what the published list says', function () {
    if (!existsSync(PUBLISHED) && !process.env['CI']) this.skip();
    const [, ...lines] = readFileSync(PUBLISHED, 'utf8').trim().split(/\r?\n/);
    const published = lines.map((line) => {
      const [name, since, type] = line.split(',');
      const [inTagRequests, inTrackers] = /,(yes|no),(yes|no),[^,]*$/
        .exec(line)!
        .slice(1)
        .map((word) => word === 'yes');
      return { name, since, type, inTagRequests, inTrackers };
    });
    expect(MACROS.map(({ personal: _, ...macro }) => macro)).to.deep.equal(published);
  });
});
