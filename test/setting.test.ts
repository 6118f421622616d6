import { expect } from 'chai';
import { choice, flag, list, optional, ratio, share, type Setting, text, whole } from '../src/setting.ts';

const number = (written: string): number | undefined => (/^\d+$/.test(written) ? Number(written) : undefined);

/** A setting, what it takes and gives, and what it refuses. */
const KINDS: readonly (readonly [string, Setting<unknown>, Record<string, unknown>, readonly string[]])[] = [
  ['whole', whole(1, 0, 64, ''), { '0': 0, ' 64 ': 64 }, ['65', '-1', '1.5', 'NaN', '1e1', 'x']],
  ['ratio', ratio(1.1, 100, ''), { '0': 0, '1.1': 1.1, '100': 100 }, ['1', '101', '-2', 'NaN']],
  ['share', share(0.8, ''), { '0.01': 0.01, '0.5': 0.5, '1': 1 }, ['0', '0.0', '1.1', '-0.5', '.5', 'x']],
  ['flag', flag(false, ''), { TRUE: true, '1': true, false: false, '0': false }, ['yes', '2']],
  ['choice', choice(['a', 'b'], 'a', ''), { a: 'a', ' b': 'b' }, ['c', 'A']],
  ['text', text('x', '', 'letters', /^[a-z]+$/), { abc: 'abc' }, ['a1']],
  ['optional', optional('', 'letters', /^[a-z]+$/), { abc: 'abc' }, ['a1']],
  ['list', list('numbers', [], '', number), { '1': [1], '1, 2,': [1, 2] }, ['1,x']],
];

describe('each kind of setting', () => {
  for (const [name, { parse, type }, taken, refused] of KINDS) {
    it(`${name} takes what it should`, () => {
      for (const [written, value] of Object.entries(taken)) expect(parse(written)).to.deep.equal({ value });
    });
    it(`${name} says what it must be`, () => {
      for (const written of refused) expect(parse(written)).to.deep.equal({ problem: `must be ${type}` });
    });
  }
});
