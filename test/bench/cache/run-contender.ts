import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { readSettings } from '../../../src/config.ts';
import { createService } from '../../../src/service.ts';

// A process of its own for one contender: tells where it listens, then its CPU time whenever it is asked.

const CONTENDERS: Readonly<Record<string, () => Promise<string>>> = {
  'node:http hello': () => listen(http.createServer((_, response) => response.end('hello'))),
  'Koa hello': () => {
    const router = new Router().get('/', (ctx) => {
      ctx.body = 'hello';
    });
    const handle = new Koa().use(router.routes()).callback();
    return listen(http.createServer((request, response) => void handle(request, response)));
  },
  service: async () => {
    const settings = readSettings({
      HOST: '127.0.0.1',
      PORT: '0',
      ADMIN_PORT: '0',
      EGRESS_ALLOW: '127.0.0.1',
      PROBE_DEFAULT: 'off',
      TMAX_DEFAULT_MS: '1000',
      LOG_LEVEL: 'silent',
    });
    return (await createService(settings).listen()).public;
  },
};

function listen(server: http.Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

const url = await CONTENDERS[process.argv[2]!]!();
process.on('disconnect', () => process.exit());
process.on('message', () => process.send!(process.cpuUsage()));
process.send!(url);
