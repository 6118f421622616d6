import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startOtlpReceiver } from '../support/otlp-receiver.ts';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { eventually } from '../support/tools.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

/** What one caller after the other got: the `VAST-Status` of each answer, by the number of its request. */
type Load = { readonly answers: Map<string, string>; readonly ended: Promise<unknown> };

/** Callers who ask one after the other over connections of their own, until there is nobody to ask. */
function load(service: ServiceProcess, ads: AdServer, callers: number): Load {
  const answers = new Map<string, string>();
  let requests = 0;
  const caller = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (;;) {
        const number = String((requests += 1));
        const tag = encodeURIComponent(`${ads.base}/slow?${number}`);
        const sent = get(`${service.public}/v1/unwrap?tmax=1000&url=${tag}`, { agent });
        const [response] = (await once(sent, 'response')) as [IncomingMessage];
        const text = (await response.setEncoding('utf8').toArray()).join('');
        answers.set(number, text.includes('</VAST>') ? String(response.headers['vast-status']) : 'torn');
      }
    } catch {
      agent.destroy();
    }
  };
  return { answers, ended: Promise.all(Array.from({ length: callers }, caller)) };
}

/** Does it answer that it is ready? Whoever asks a busy machine so late that it has gone is told no as well. */
async function isReady(service: ServiceProcess, agent: Agent): Promise<boolean> {
  try {
    const [response] = (await once(get(`${service.public}/readyz`, { agent }), 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    return response.statusCode === 200;
  } catch {
    return false;
  }
}

describe('SIGTERM under load', function () {
  for (const workers of [1, 2]) {
    it(`turns unready, answers all that it took on, sends its last spans and ends with 0, as ${workers} process(es)`, async () => {
      await using ads = await startAdServer({ '/slow': { delayHeadersMs: 50, body: vast(inLineAd()) } });
      await using receiver = await startOtlpReceiver();
      await using service = await startServiceProcess({
        WORKERS: String(workers),
        CACHE_DEFAULT_TTL_MS: '0',
        SHUTDOWN_DELAY_MS: '300',
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
        OTEL_METRICS_EXPORTER: 'none',
        // they would only be sent after the test
        OTEL_BSP_SCHEDULE_DELAY: '60000',
        OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '100000',
        OTEL_BSP_MAX_QUEUE_SIZE: '100000',
      });
      // connections go to workers in turn, so that these reach all of them
      const probes = Array.from({ length: 2 * workers }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
      expect(await Promise.all(probes.map((agent) => isReady(service, agent)))).to.not.include(false);
      const { answers, ended: callersEnded } = load(service, ads, 8);
      await eventually(() => Promise.resolve(answers.size >= 16), 'some answers');
      const ended = once(service.child, 'close') as Promise<[number | null]>;

      service.child.kill('SIGTERM');
      for (const agent of probes) while (await isReady(service, agent));
      const whileDraining = answers.size;
      expect((await ended)[0]).to.equal(0);
      await callersEnded;

      expect(answers.size, 'answers after it was unready').to.be.above(whileDraining);
      const takenOn = ads.paths().map((path) => path.split('?')[1]!);
      expect(takenOn.filter((number) => answers.get(number) !== 'resolved')).to.deep.equal([]);
      const spans = receiver.spans.filter(({ name }) => name === 'GET /v1/unwrap');
      expect(spans).to.have.length(answers.size);
      probes.forEach((agent) => agent.destroy());
    });

    it(`ends with 0 where the collector hangs, as ${workers} process(es)`, async () => {
      await using ads = await startAdServer({ '/slow': vast(inLineAd()) });
      await using collector = await startAdServer({ '/v1/traces': { hang: 'before-headers' } });
      await using service = await startServiceProcess({
        WORKERS: String(workers),
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.base,
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_BSP_SCHEDULE_DELAY: '60000',
      });
      expect(await service.unwrap({ url: `${ads.base}/slow`, tmax: 1000 })).to.include({ status: 'resolved' });
      const ended = once(service.child, 'close') as Promise<[number | null]>;
      service.child.kill('SIGTERM');
      await collector.requested('/v1/traces');
      expect((await ended)[0]).to.equal(0);
    });
  }
});
