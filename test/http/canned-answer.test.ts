import { createServer, type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import Koa, { type ParameterizedContext } from 'koa';
import { answerCanned, canAnswer, type CannedAnswer, sendCanned } from '../../src/http/canned-answer.ts';

/** What a caller sees of an answer: status, headers but for the date, body. */
async function seen(answer: (ctx: ParameterizedContext) => void, method = 'GET'): Promise<readonly unknown[]> {
  const app = new Koa();
  app.use((ctx) => {
    answer(ctx);
  });
  const callback = app.callback();
  const server = createServer((...sides) => void callback(...sides)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = request({ port: (server.address() as AddressInfo).port, method }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  server.close();
  const { date: _date, ...headers } = response.headers;
  return [response.statusCode, headers, text];
}

describe('canned answers', () => {
  const answers: readonly (readonly [string, CannedAnswer])[] = [
    ['nothing', canAnswer(204, { 'VAST-Status': 'shed' })],
    ['an empty document', canAnswer(200, { 'Content-Type': 'application/xml; charset=utf-8' }, '')],
    ['a text', canAnswer(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '1' }, '{"a":"ü"}')],
  ];
  for (const [name, canned] of answers) {
    for (const method of ['GET', 'HEAD']) {
      it(`are the same past Koa and through it: ${name}, ${method}`, async () => {
        const [sent, answered] = await Promise.all([
          seen((ctx) => sendCanned(ctx, canned), method),
          seen((ctx) => answerCanned(ctx, canned), method),
        ]);
        expect(sent).to.deep.equal(answered);
        expect(sent[0]).to.equal(canned.status);
        expect(sent[1]).to.include(
          Object.fromEntries(Object.entries(canned.headers).map(([k, v]) => [k.toLowerCase(), v])),
        );
      });
    }
  }

  it('keep the headers that were set before', async () => {
    const [, headers] = await seen((ctx) => {
      ctx.vary('Origin');
      ctx.set('Access-Control-Allow-Origin', 'https://a.example');
      sendCanned(ctx, canAnswer(204, { Vary: 'Accept', 'VAST-Status': 'shed' }));
    });
    expect(headers).to.include({
      vary: 'Origin, Accept',
      'access-control-allow-origin': 'https://a.example',
      'vast-status': 'shed',
    });
  });
});
