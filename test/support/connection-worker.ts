import type { Socket } from 'node:net';

// A worker that does with connections what it was told: `serve` answers with its name, `die` ends before it says that it
// has one. Orders come as messages; each is answered with `ordered`.

let does = 'serve';
process.on('message', (message: { readonly order: string } | { readonly connection: string }, socket?: Socket) => {
  if ('order' in message) {
    does = message.order;
    process.send!({ ordered: does });
    return;
  }
  if (does === 'die') process.exit(1);
  process.send!({ took: 'it' });
  socket?.once('data', (chunk) => socket.end(`${process.env['NAME']} got ${String(chunk)}`));
});
