import { expect } from 'chai';
import { readSettings } from '../src/config.ts';
import { createEngine } from '../src/engine.ts';
import { readSettingFiles } from '../src/loaded-settings.ts';
import { createServiceParts } from '../src/service-parts.ts';
import { createLog } from '../src/telemetry/log.ts';

describe('createServiceParts', () => {
  it('counts and traces nothing without telemetry', async () => {
    const settings = readSettings({ LOG_LEVEL: 'silent' });
    const files = readSettingFiles(settings);
    const engine = createEngine(settings, { ownPorts: () => [], isOverloaded: () => false, files });
    try {
      const watchers = { telemetry: null, log: createLog(settings), watchState: () => null };
      const parts = createServiceParts(settings, engine, watchers);
      expect((await parts.metrics()).text).to.equal('');
      const { traceId, traceresponse } = parts.traceRequest({ method: 'POST', route: '/v1/unwrap', headers: {} });
      expect([traceId, traceresponse]).to.deep.equal([null, null]);
      expect(parts.limiter.inFlight()).to.equal(0);
      expect(parts.unwrap).to.equal(engine.unwrap);
    } finally {
      engine.close();
    }
  });
});
