// A process of its own, of somebody else: it takes a whole core for a while, again and again.

const BUSY_MS = 100;
const PAUSE_MS = 100;

setInterval(() => {
  const until = performance.now() + BUSY_MS;
  while (performance.now() < until);
}, BUSY_MS + PAUSE_MS);
process.send!('ready');
