import { expect } from 'chai';
import { byCost, COSTS, reasonsFound, RULES_BY_COST } from '../../src/debug/reasons.ts';
import type { Finding } from '../../src/validation/finding.ts';
import { RULES } from '../../src/validation/rules/index.ts';

const finding = (rule: string, changes: Partial<Finding> = {}): Finding => ({ rule, severity: 'error', message: `of ${rule}`, hop: 1, line: 1, path: null, vastError: null, lossReason: null, spec: null, ...changes }); // prettier-ignore

describe('reasons', () => {
  it('are errors, each rule once with how often, the one that rejected the ad first', () => {
    const findings = [finding('url/too-long'), finding('openrtb/mimes'), finding('url/too-long'), finding('a/b', { severity: 'warning' })]; // prettier-ignore
    const reasons = reasonsFound({ findings, reason: 'openrtb/mimes' });
    expect(reasons.map(({ why, cost }) => [why, cost])).to.deep.equal([
      ['of openrtb/mimes', 'wrong type'],
      ['of url/too-long (2 times)', 'other'],
    ]);
    expect(reasons[0]!.fix).to.include('video/mp4');
  });

  it('are put in the order of what they cost', () => {
    const reasons = COSTS.map((cost) => ({ cost, why: cost, hop: null, fix: '' })).reverse();
    expect(byCost(reasons).map(({ cost }) => cost)).to.deep.equal(COSTS);
  });

  it('name rules that there are, each once', () => {
    const named = Object.values(RULES_BY_COST).flat();
    const known = RULES.map(({ id }) => id);
    expect(named.filter((rule) => !known.includes(rule))).to.deep.equal([]);
    expect(new Set(named).size).to.equal(named.length);
  });
});
