import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { watchFile } from '../../src/admin/watch-file.ts';
import { readSettings } from '../../src/config.ts';
import { createEngine } from '../../src/engine.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { startAdServer } from '../support/ad-server.ts';
import { temporaryFolder } from '../support/tools.ts';

describe('watchFile', () => {
  it('watches nothing without a file', () => {
    expect(watchFile(readSettings({}), null as never)).to.equal(null);
  });

  it('checks the tags of the file past the cache, and tells log and webhook what turned bad', async () => {
    using folder = temporaryFolder();
    await using ads = await startAdServer({
      '/v': { status: 500 },
      '/none': '<VAST version="4.2"/>',
      '/hook': { status: 200 },
    });
    const file = join(folder.path, 'tags.txt');
    writeFileSync(file, `${ads.base}/none\n${ads.base}/v?user=CANARY\n`);
    const settings = readSettings({ WATCH_FILE: file, WATCH_WEBHOOK: `${ads.base}/hook`, EGRESS_ALLOW: '127.0.0.1' });
    const engine = createEngine(settings);
    const logged: string[] = [];
    const planned: (() => void)[] = [];
    const watch = watchFile(settings, {
      check: { unwrap: engine.unwrap, trace: untraced },
      keep: () => {},
      isBusy: () => false,
      postJson: engine.postJson,
      later: (run) => (planned.push(run), () => {}),
      logBug: () => {},
      log: (level, facts, message) => logged.push(`${level} ${message} ${JSON.stringify(facts)}`),
    })!;
    watch.start();
    planned[0]!();
    const { headers, path } = await ads.requested('/hook');
    watch.close();
    expect(headers).to.include({ 'content-type': 'application/json' });
    expect(path).to.equal('/hook');
    expect(logged).to.have.lengthOf(1);
    expect(logged[0])
      .to.match(/^warn a watched tag turned bad \{"line":2,"status":"unreachable"/)
      .and.not.include('CANARY');
    expect(watch.state()).to.include({ turnedBad: 1 });
    engine.close();
  });
});
