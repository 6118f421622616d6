import { Script } from 'node:vm';
import { expect } from 'chai';
import { ICON, SCRIPT } from '../../src/http/page-script.ts';

describe('SCRIPT', () => {
  it('can be parsed, and makes no markup', () => {
    expect(() => new Script(SCRIPT)).not.to.throw();
    expect(SCRIPT).not.to.match(/innerHTML|outerHTML|insertAdjacentHTML|eval|document\.write/);
  });
  it('comes with an icon', () => expect(ICON).to.match(/^<svg .*<\/svg>$/));
});
