import { expect } from 'chai';
import type { Finding } from '../../src/validation/finding.ts';
import { report, type Found } from '../../src/validation/report.ts';
import type { Rule } from '../../src/validation/rule.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import type { Element } from '../../src/vast/element.ts';

const TEXT = `<VAST version="4.2">\n${Array.from({ length: 12 }, () => '<Ad/>').join('\n')}\n</VAST>`;
const hop = subjectOfText(TEXT).hops[0]!;
const later = { ...hop, hop: 1 };
const [first, second] = hop.document!.root.children as [Element, Element];

const rule = (id: string, severity: Finding['severity'], coveredBy: readonly string[] = []): Rule => ({
  id,
  looksAt: 'merge',
  severity,
  title: '',
  why: '',
  fix: '',
  spec: 'VAST 4.3, 3',
  coveredBy,
});
const [error, warning] = [rule('t/error', 'error'), rule('t/warning', 'warning')];
const ids = (found: readonly Found[], settings = {}): readonly string[] =>
  report(found, [], settings).map(({ rule, line }) => `${rule}:${line}`);

describe('report', () => {
  it('points at hop, path and line', () => {
    const [finding] = report([{ rule: error, hop: later, element: second, message: 'm' }], [], {});
    expect(finding).to.deep.equal({
      rule: 't/error',
      severity: 'error',
      vastError: null,
      lossReason: null,
      hop: 1,
      path: '/VAST/Ad[2]',
      line: 3,
      message: 'm',
      spec: 'VAST 4.3, 3',
    });
  });

  it('orders by severity, then by place, the whole chain at the end', () => {
    const found: Found[] = [
      { rule: warning, hop: null, message: 'm' },
      { rule: warning, hop: later, element: first, message: 'm' },
      { rule: warning, hop, element: second, message: 'm' },
      { rule: error, hop: later, element: first, message: 'm' },
      { rule: warning, hop, element: first, message: 'm' },
    ];
    expect(report(found, [], {}).map((each) => [each.rule, each.hop, each.line])).to.deep.equal([
      ['t/error', 1, 2],
      ['t/warning', 0, 2],
      ['t/warning', 0, 3],
      ['t/warning', 1, 2],
      ['t/warning', null, null],
    ]);
  });

  it('tells the same thing once', () => {
    const found = { rule: error, hop, element: first, message: 'm' };
    expect(ids([found, found])).to.have.length(1);
  });

  it('is silent where another rule tells the cause at the same element', () => {
    const quiet = rule('t/quiet', 'error', ['t/warning']);
    const found: Found[] = [
      { rule: warning, hop, element: first, message: 'm' },
      { rule: quiet, hop, element: first, message: 'm' },
      { rule: quiet, hop, element: second, message: 'm' },
    ];
    expect(ids(found)).to.deep.equal(['t/quiet:3', 't/warning:2']);
    expect(ids(found, { severities: { 't/warning': 'off' } })).to.deep.equal(['t/quiet:2', 't/quiet:3']);
  });

  it('counts what is too many to list', () => {
    const found = hop.document!.root.children.map((element) => ({ rule: error, hop, element, message: 'm' }));
    const findings = report(found, [], {});
    expect(findings).to.have.length(10);
    expect(findings.at(-1)!.message).to.equal('m (and 2 more like it)');
  });

  it('takes other severities from the settings, for what merging found too', () => {
    const merged = report([{ rule: warning, hop, message: 'm' }], [], {});
    const settings = { severities: { 't/warning': 'info' as const } };
    expect(report([], merged, settings).map(({ severity }) => severity)).to.deep.equal(['info']);
    expect(report([], merged, { severities: { 't/warning': 'off' } })).to.deep.equal([]);
  });
});
