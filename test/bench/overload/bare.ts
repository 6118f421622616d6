import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own: answers everything at once with a refusal. What callers wait for it is what the machine and they
// themselves take.

const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => {
  response.writeHead(204, { 'VAST-Status': 'shed' }).end();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
