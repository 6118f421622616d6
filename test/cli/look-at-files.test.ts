import { expect } from 'chai';
import { UsageError } from '../../src/cli/input.ts';
import { lookAtFiles, probeMode } from '../../src/cli/look-at-files.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { startAdServer } from '../support/ad-server.ts';

describe('probeMode', () => {
  it('is off unless asked for, and knows no background', () => {
    expect([probeMode(), probeMode('off'), probeMode('wait')]).to.deep.equal(['off', 'off', 'wait']);
    expect(() => probeMode('background')).to.throw(UsageError, '--probe must be one of off, wait');
  });
});

describe('lookAtFiles', () => {
  it('asks for each file through the guard', async () => {
    await using cdn = await startAdServer({ '/a.html': '<html>' });
    const subject = subjectOfText(`<VAST version="4.2"><Ad><InLine><Creatives><Creative><Linear><MediaFiles>
      <MediaFile>${cdn.base}/a.mp4</MediaFile><InteractiveCreativeFile>${cdn.base}/a.html</InteractiveCreativeFile>
      </MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`);
    const outcomes = async (allow: readonly string[]): Promise<readonly string[]> =>
      (await lookAtFiles(subject, allow)).map(({ outcome }) => outcome);
    expect(await outcomes([])).to.deep.equal(['unreachable', 'unreachable']);
    expect(cdn.requests).to.deep.equal([]);
    expect(await outcomes(['127.0.0.1'])).to.deep.equal(['unreachable', 'read']);
  });

  it('asks nobody where there is no file', async () => {
    expect(await lookAtFiles(subjectOfText('<VAST version="4.2"/>'), [])).to.deep.equal([]);
  });
});
