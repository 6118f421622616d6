import { expect } from 'chai';
import { readSettings, SettingsError } from '../src/config.ts';
import { createEngine } from '../src/engine.ts';
import { untraced } from '../src/unwrap/ports.ts';
import { Deadline } from '../src/deadline.ts';
import { startAdServer } from './support/ad-server.ts';
import { unwrapRequest } from './support/unwrap-request.ts';
import { inLineAd, vast } from './support/vast-text.ts';

describe('createEngine', () => {
  const settings = (env: Record<string, string> = {}) =>
    readSettings({ EGRESS_ALLOW: '127.0.0.1', PROBE_DEFAULT: 'off', ...env });

  it('unwraps over HTTP, keeps what may be kept, and never asks its own ports', async () => {
    await using ads = await startAdServer({ '/inline': vast(inLineAd()) });
    const ownPorts: number[] = [];
    const engine = createEngine(settings(), { ownPorts: () => ownPorts });
    const statusOf = async (path: string): Promise<string> => {
      const deadline = Deadline.after(5000);
      const { status } = await engine.unwrap(unwrapRequest({ url: ads.base + path }), deadline, untraced);
      deadline.cancel();
      return status;
    };
    expect(await statusOf('/inline')).to.equal('resolved');
    expect(await statusOf('/inline')).to.equal('resolved');
    expect(ads.paths()).to.deep.equal(['/inline']);
    expect(engine.cacheStats().entries).to.equal(1);
    ownPorts.push(Number(new URL(ads.base).port));
    expect(await statusOf('/other')).to.equal('blocked');
    engine.close();
  });

  it('says what is wrong with a file that a setting names', () => {
    for (const name of ['VALIDATION_RULES', 'CACHE_RULES', 'EGRESS_RULES']) {
      expect(() => createEngine(settings({ [name]: 'nowhere.json' })), name).to.throw(SettingsError, name);
    }
  });
});
