import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startServiceProcess } from '../support/service-process.ts';
import { startTlsAdServer } from '../support/tls-ad-server.ts';
import { run, temporaryFolder } from '../support/tools.ts';

// What names a person or opens a door is planted in every place where it can stand: none of it may be found in what the
// service tells its operators, nor in an answer that is an error.

/** One for each place, so that a leak says where it came from. */
const PLANTED = {
  ip: '203.0.113.77',
  ipv6: '2001:db8:77::77',
  userAgent: 'CanaryAgent-ua',
  ifa: 'canary-ifa',
  consent: 'CANARYCONSENT',
  gpp: 'CANARYGPP',
  userId: 'canary-user-id',
  latitude: '48.137154',
  token: 'canary-token',
  fragment: 'canary-fragment',
  user: 'canary-user',
  password: 'canary-password',
  wrapperToken: 'canary-wrapper-token',
  locationToken: 'canary-location-token',
  locationUser: 'canary-location-user',
  errorToken: 'canary-error-token',
  documentText: 'canary-document-text',
  cookie: 'canary-cookie',
  header: 'canary-header',
  baggage: 'canary-baggage',
  callerToken: 'canary-caller-token',
  wrongField: 'canary-wrong-field',
  page: 'canary-page',
} as const;

/** What stands in rules for hosts, and the names of the files there. */
const DOOR_OPENERS = [
  'canary-rule-header',
  'canary-env-value',
  'canary-cert-name',
  'canary-key-name',
  'canary-other-name',
];
const MAIN = join(import.meta.dirname, '../../src/main.ts');

const P = PLANTED;
const wrapperTo = (uri: string): string =>
  `<VAST version="4.2"><Ad><Wrapper><AdSystem>S</AdSystem><!-- ${P.documentText} --><Error>https://e.example/?${P.errorToken}</Error><Impression>https://t.example/?${P.errorToken}</Impression><VASTAdTagURI><![CDATA[${uri}]]></VASTAdTagURI></Wrapper></Ad></VAST>`;
const MACROS = 'ip=[DEVICEIP]&ua=[DEVICEUA]&ifa=[IFA]&c=[GDPRCONSENT]&page=[PAGEURL]&ll=[LATLONG]';

const ADS = {
  '/chain': wrapperTo(`{{base}}/moved?t=${P.wrapperToken}&${MACROS}`),
  '/moved': {
    redirect: `{{base}}/inline?t=${P.locationToken}#${P.fragment}`,
    headers: { 'set-cookie': `id=${P.cookie}` },
  },
  '/inline': `<VAST version="4.2"><Ad><InLine><AdSystem>S</AdSystem><AdTitle>${P.documentText}</AdTitle><Impression>https://t.example/</Impression><Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://m.example/a.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`,
  '/moved-with-user': { redirect: `http://${P.locationUser}:${P.password}@127.0.0.1:1/` },
  '/moved-to-nonsense': { redirect: `http://[${P.locationToken}` },
  '/moved-inside': { redirect: `http://169.254.169.254/?${P.locationToken}` },
  '/broken': {
    body: `<VAST><Ad id="${P.documentText}"><${P.documentText}`,
    headers: { 'x-canary': P.header, 'content-type': `text/xml; charset=${P.header}` },
  },
  '/ill-formed': `<VAST><Ad id="${P.documentText}"></${P.documentText}></VAST>`,
  '/not-vast': `<${P.documentText}/>`,
  '/hang': { hang: 'before-headers' },
  '/status': { status: 500, body: P.documentText, headers: { 'x-canary': P.header } },
} as const;

const REQUEST = {
  tmax: 1000,
  device: { ip: P.ip, ipv6: P.ipv6, ua: P.userAgent, ifa: P.ifa, geo: { lat: Number(P.latitude), lon: 11.5 } },
  user: { id: P.userId, consent: P.consent },
  regs: { gdpr: 1, gpp: P.gpp, gpp_sid: [2] },
  site: { page: `https://pub.example/?${P.page}` },
};
const HEADERS = {
  authorization: `Bearer ${P.callerToken}`,
  cookie: `id=${P.callerToken}`,
  'user-agent': P.userAgent,
  'x-forwarded-for': P.ip,
  referer: `https://pub.example/?${P.page}`,
  baggage: `user=${P.baggage}`,
};

describe('canaries', () => {
  let ads: AdServer;
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    ads = await startAdServer(ADS);
    receiver = await startOtlpReceiver();
  });
  afterEach(async () => {
    await ads[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  const found = (text: string): readonly string[] => Object.values(PLANTED).filter((canary) => text.includes(canary));

  it('are in no span, metric or log line, in no error answer, and what is ours goes to no ad server', async () => {
    await using service = await startServiceProcess({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRIC_EXPORT_INTERVAL: '100',
      LOG_REQUESTS: 'all',
      LOG_LEVEL: 'trace',
    });
    const post = (path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
      fetch(new URL(path, service.public), {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...HEADERS, ...headers },
      });

    const statuses: string[] = [];
    for (const path of Object.keys(ADS)) {
      const url = `${ads.base}${path}?t=${P.token}&${MACROS}#${P.fragment}`;
      const reply = await post('/v1/unwrap', JSON.stringify({ ...REQUEST, url, options: { fireErrors: true } }));
      statuses.push(((await reply.json()) as { status: string }).status);
    }
    const withUser = `http://${P.user}:${P.password}@${new URL(ads.base).host}/chain?${P.token}`;
    await post('/v1/unwrap', JSON.stringify({ ...REQUEST, url: withUser }));
    await post('/v1/unwrap', JSON.stringify({ ...REQUEST, adm: ADS['/ill-formed'] }));
    expect(statuses).to.include.members(['resolved', 'invalid', 'blocked', 'unreachable', 'timeout']);

    const errors = await Promise.all([
      post(`/v1/unwrap?x=${P.token}`, JSON.stringify({ ...REQUEST, url: 1, tmax: P.wrongField })),
      post('/v1/unwrap', `{"url":"${P.token}`),
      post('/v1/unwrap', `<${P.documentText}`, { 'content-type': `text/${P.header}` }),
      post('/v1/openrtb', JSON.stringify({ request: REQUEST, response: P.wrongField })),
      fetch(`${service.public}/${P.token}?${P.token}`, { headers: HEADERS }),
      fetch(`${service.public}/v1/unwrap?tmax=${P.wrongField}&url=${P.token}`, { headers: HEADERS }),
      fetch(`${service.admin}/v1/hosts?sort=${P.wrongField}`, { headers: HEADERS }),
    ]);
    for (const reply of errors) {
      expect(reply.status).to.be.within(400, 499);
      expect(found((await reply.text()) + JSON.stringify([...reply.headers])), reply.url).to.deep.equal([]);
    }

    await receiver.received('POST /v1/unwrap', statuses.length);
    const metrics = await (await fetch(new URL('/metrics', service.admin))).text();
    await service.stop();
    expect(receiver.requests.map(({ path }) => path)).to.include.members(['/v1/traces', '/v1/metrics']);
    expect(metrics).to.contain(new URL(ads.base).hostname);
    expect(service.output()).to.contain('"msg":"request"');
    expect(found(receiver.bodies.map((body) => body.toString('latin1')).join('\n'))).to.deep.equal([]);
    expect(found(metrics)).to.deep.equal([]);
    expect(found(service.output())).to.deep.equal([]);

    expect(ads.requests).to.have.lengthOf.above(Object.keys(ADS).length);
    for (const { headers } of ads.requests) {
      expect(headers).not.to.have.any.keys(
        'traceparent',
        'tracestate',
        'baggage',
        'authorization',
        'cookie',
        'referer',
      );
      expect(
        found(JSON.stringify(headers)).filter((canary) =>
          [P.callerToken, P.baggage, P.cookie].some((each) => each === canary),
        ),
      ).to.deep.equal([]);
    }
  });

  it('of rules for hosts are told to those hosts alone', async () => {
    using folder = temporaryFolder();
    const directory = folder.path;
    await using partner = await startTlsAdServer('127.0.0.2', '127.0.0.2', {
      '/ad': ADS['/inline'],
      '/away': { redirect: `${ads.base}/inline` },
    });
    const { cert, key } = partner.clients.issue('seat-7');
    const secrets = [
      ...DOOR_OPENERS,
      ...[cert, key].flatMap((pem) => pem.split('\n').filter((line) => line.length > 40)),
    ];
    const told = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));
    const rules = join(directory, 'rules.json');
    const env = { EGRESS_RULES: rules, CANARY_VARIABLE: 'canary-env-value' };
    const write = (rule: object): Promise<void> => writeFile(rules, JSON.stringify([rule]));
    await Promise.all([
      writeFile(join(directory, 'canary-cert-name.pem'), cert),
      writeFile(join(directory, 'canary-key-name.key'), key),
      writeFile(join(directory, 'ca.pem'), partner.ca),
    ]);
    const rule = {
      host: '127.0.0.2',
      cert: 'canary-cert-name.pem',
      key: 'canary-key-name.key',
      ca: 'ca.pem',
      headers: { authorization: 'Bearer ${CANARY_VARIABLE}', 'x-seat': 'canary-rule-header' },
    };
    await write(rule);
    await using service = await startServiceProcess({
      ...env,
      TMAX_MAX_MS: '30000',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '50',
      LOG_REQUESTS: 'all',
      LOG_LEVEL: 'trace',
    });
    const texts: string[] = [];
    const base = `https://127.0.0.2:${partner.port}`;
    for (const url of [`${base}/ad`, `${base}/away`, `${base}/none`, `https://127.0.0.2:1/`, `${ads.base}/inline`]) {
      texts.push(JSON.stringify(await service.unwrap({ url, tmax: 30_000 })));
      const form = new URLSearchParams({ tag: url, tmax: '5000' });
      const page = await fetch(new URL('/debug', service.admin), { method: 'POST', body: form });
      texts.push(await page.text(), await (await fetch(`${page.url}.json`)).text());
    }
    await receiver.received('POST /v1/unwrap', 5);
    for (const path of ['/metrics', '/v1/hosts', '/hosts']) {
      texts.push(await (await fetch(new URL(path, service.admin))).text());
    }
    await service.stop();
    texts.push(service.output(), receiver.bodies.map((body) => body.toString('latin1')).join('\n'));
    expect(told(texts.join('\n'))).to.deep.equal([]);
    expect(texts.join('\n')).to.contain('"certificate":true');

    expect(partner.requests.map(({ headers }) => headers['x-seat'])).to.include('canary-rule-header');
    expect(partner.requests.map(({ headers }) => headers.authorization)).to.include('Bearer canary-env-value');
    expect(told(JSON.stringify(ads.requests.map(({ headers, path }) => [path, headers])))).to.deep.equal([]);

    for (const wrong of [
      { ...rule, key: 'canary-cert-name.pem' },
      { ...rule, cert: 'canary-key-name.key', key: 'canary-other-name' },
      { ...rule, headers: { host: 'canary-rule-header', 'x-seat': 'canary-rule-header ä' } },
      { ...rule, ip: 'canary-rule-header', canary: 1 },
    ]) {
      await write(wrong);
      const check = run(process.execPath, [MAIN, '--check-config'], env);
      expect(await new Promise((resolve) => check.child.once('close', resolve))).to.equal(1);
      expect(check.output()).to.contain('rule 1');
      expect(told(check.output())).to.deep.equal([]);
    }
  });
});
