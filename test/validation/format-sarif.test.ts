import { expect } from 'chai';
import { formatSarif } from '../../src/validation/format-sarif.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { validate } from '../../src/validation/validate.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

type Log = {
  version: string;
  runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; level: string }[] }[];
};

const findings = validate(subjectOfText(vast(inLineAd().replace('00:00:15', 'long'))));
const log = JSON.parse(formatSarif(findings, () => 'tags/my ad.xml')) as Log;
const [run] = log.runs;

describe('formatSarif', () => {
  it('is a SARIF log that describes each rule it names', () => {
    expect(log.version).to.equal('2.1.0');
    const described = run!.tool.driver.rules.map(({ id }) => id);
    expect([...new Set(run!.results.map(({ ruleId }) => ruleId))]).to.have.members(described);
  });

  it('points at file, line and path', () => {
    const result = run!.results.find(({ ruleId }) => ruleId === 'values/duration');
    expect(result).to.deep.include({
      level: 'error',
      message: { text: 'Duration is "long"' },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'tags/my%20ad.xml' }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: '/VAST/Ad[1]/InLine/Creatives/Creative/Linear/Duration' }],
        },
      ],
      properties: { hop: 0, vastError: 202, lossReason: null },
    });
  });
});
