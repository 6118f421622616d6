import { expect } from 'chai';
import ts from 'typescript';
import { EDITOR } from '../../src/http/page-editor.ts';

describe('EDITOR', () => {
  it('is a module without mistakes, and makes no markup', () => {
    const { diagnostics } = ts.transpileModule(EDITOR, { reportDiagnostics: true });
    expect(diagnostics).to.deep.equal([]);
    expect(EDITOR).not.to.match(/innerHTML|outerHTML|insertAdjacentHTML|eval|document\.write/);
  });
});
