import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFaultServer } from '../../support/fault-server.ts';

// Run as a process of its own, so that a flood does not slow down the callers: the server of faults, and the baseline, a
// bare server that answers when a timer says so.

const faults = await startFaultServer('0.0.0.0');
const timer = createServer((request, response) => {
  setTimeout(() => response.end('late'), Number(new URL(request.url!, 'http://a').searchParams.get('ms')));
});
timer.listen(0, '127.0.0.1');
await once(timer, 'listening');
process.send!({ faults: faults.port, timer: (timer.address() as AddressInfo).port });
process.on('disconnect', () => process.exit());
