import { expect } from 'chai';
import { stripVTControlCharacters, styleText } from 'node:util';
import { drawVmap } from '../../src/debug/draw-vmap.ts';

describe('drawVmap', () => {
  it('lists the breaks, and what is wrong with the list', () => {
    const drawn = drawVmap(
      {
        version: '1.0',
        breaks: [{ timeOffset: 'start', breakType: 'linear', breakId: 'pre\u001b[2J', result: null }],
        findings: [{ rule: 'vmap/namespace', severity: 'warning', line: 2, message: 'it is "x"' }],
      },
      80,
      styleText,
    );
    const text = stripVTControlCharacters(drawn);
    expect(text).to.contain('VMAP 1.0: one ad break\n  warning vmap/namespace, line 2: it is "x"');
    expect(text).to.match(/Break 1: start, linear, pre.*\n {2}no ad to unwrap/);
    expect(drawn).not.to.contain('\u001b[2J');
  });
});
