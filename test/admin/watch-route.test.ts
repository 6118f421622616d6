import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { SettingsError } from '../../src/config.ts';
import { startService } from '../support/service.ts';
import { temporaryFolder } from '../support/tools.ts';

describe('watch route', () => {
  it('says how to begin where nothing is watched', async () => {
    const service = await startService();
    expect(await (await fetch(`${service.admin}/watch`)).text()).to.include('WATCH_FILE');
    await service.close();
  });

  it('shows the watched tags under a strict policy', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'tags.txt');
    writeFileSync(file, 'https://a.example/\n');
    const service = await startService({ WATCH_FILE: file, WATCH_EVERY_MS: '120000' });
    const reply = await fetch(`${service.admin}/watch`);
    expect(await reply.text())
      .to.include('checked every 2 min')
      .and.include('No round has ended yet');
    expect(reply.headers.get('content-security-policy')).to.include("default-src 'none'");
    await service.close();
  });

  it('is told at the start of a file that cannot be read', async () => {
    const thrown: unknown = await startService({ WATCH_FILE: '/nowhere/tags.txt' }).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(SettingsError);
    expect((thrown as Error).message).to.include('WATCH_FILE=/nowhere/tags.txt');
  });
});
