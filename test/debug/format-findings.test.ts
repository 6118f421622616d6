import { expect } from 'chai';
import { FORMATS, formatFindings } from '../../src/debug/format-findings.ts';
import type { Finding } from '../../src/validation/finding.ts';
import { RULES } from '../../src/validation/rules/index.ts';
import { mediaVerdict } from '../support/media-verdict.ts';

const { id, title } = RULES[0]!;
const FINDING: Finding = {
  rule: id,
  severity: 'error',
  vastError: 100,
  lossReason: null,
  hop: 0,
  path: '/VAST/Ad[1]',
  line: 3,
  message: '100 % wrong:\nsee \u001b[31mhere',
  spec: 'VAST 4.3, 3.1',
};
const WHOLE: Finding = { ...FINDING, severity: 'info', path: null, line: null, message: 'of the whole', spec: null };
const context = { target: 'my ads/a,b.xml', version: '1.2.3', media: null };

describe('formatFindings', () => {
  it('writes one line each for people, without what a terminal would act upon', () => {
    expect(formatFindings([FINDING, WHOLE], 'text', context)).to.equal(
      `my ads/a,b.xml:3  error  ${id}  100 % wrong: see  [31mhere [VAST 4.3, 3.1]\n` +
        `my ads/a,b.xml  info  ${id}  of the whole\n` +
        '1 error, 0 warnings, 1 note\n',
    );
  });

  it('writes JSON as /v1/validate answers', () => {
    expect(JSON.parse(formatFindings([FINDING], 'json', context))).to.deep.equal({ findings: [FINDING] });
  });

  it('says what the media files are, to people and in JSON', () => {
    const media = [mediaVerdict()];
    expect(formatFindings([], 'text', { ...context, media })).to.match(
      /^ {2}read .*video\/mp4.*\n.*a\.mp4\n0 errors, 0 warnings, 0 notes\n$/,
    );
    expect(JSON.parse(formatFindings([], 'json', { ...context, media }))).to.deep.equal({ media, findings: [] });
  });

  it('writes a SARIF log with each rule once', () => {
    const log = JSON.parse(formatFindings([FINDING, WHOLE], 'sarif', context)) as {
      version: string;
      runs: { tool: { driver: { rules: object[] } }; results: object[] }[];
    };
    expect([log.version, log.runs.length]).to.deep.equal(['2.1.0', 1]);
    const [run] = log.runs;
    expect(run!.tool.driver).to.deep.include({ name: 'vast-unwrap', version: '1.2.3' });
    expect(run!.tool.driver.rules).to.have.length(1);
    expect(run!.tool.driver.rules[0]).to.deep.include({ id, shortDescription: { text: title } });
    expect(run!.results[0]).to.deep.include({
      ruleId: id,
      ruleIndex: 0,
      level: 'error',
      message: { text: FINDING.message },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'my%20ads/a%2Cb.xml' }, region: { startLine: 3 } },
          logicalLocations: [{ fullyQualifiedName: '/VAST/Ad[1]' }],
        },
      ],
    });
    expect(run!.results[1]).to.deep.include({
      level: 'note',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'my%20ads/a%2Cb.xml' } } }],
    });
  });

  it('writes URLs and paths into SARIF as references that everybody can parse', () => {
    const uriOf = (target: string): unknown => {
      const text = formatFindings([FINDING], 'sarif', { ...context, target });
      return /"uri": "(.*)"/.exec(text)?.[1];
    };
    expect(uriOf('https://a.example/v%20?cb=[CB]&x=a|b')).to.equal('https://a.example/v%20?cb=%5BCB%5D&x=a%7Cb');
    expect(uriOf('https://a.example/%%X%%')).to.equal('https://a.example/%25%25X%25%25');
    expect(uriOf('./ads\\what?#1.xml')).to.equal('./ads/what%3F%231.xml');
  });

  it('writes workflow commands that no message can end', () => {
    expect(formatFindings([FINDING, WHOLE], 'github', context)).to.equal(
      `::error file=my ads/a%2Cb.xml,line=3,title=${id}::100 %25 wrong:%0Asee \u001b[31mhere\n` +
        `::notice file=my ads/a%2Cb.xml,title=${id}::of the whole\n`,
    );
  });

  it('names standard input', () => {
    for (const format of FORMATS.filter((each) => each !== 'json')) {
      expect(formatFindings([FINDING], format, { ...context, target: '-' })).to.contain('stdin');
    }
  });
});
