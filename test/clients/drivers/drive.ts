import { createClient } from '../../../samples/clients/node/client.ts';

const [endpoint = '', waitMs, marginMs] = process.argv.slice(2);
const chunks = (await process.stdin.toArray()) as Buffer[];
const { request, response } = JSON.parse(Buffer.concat(chunks).toString()) as { request: object; response: object };
const unwrap = createClient(endpoint, Number(marginMs));
for (let call = 0; call < 2; call += 1) {
  const { response: answer, why: outcome } = await unwrap(request, response, Number(waitMs));
  console.log(JSON.stringify({ outcome, answer }));
}
process.exit(0);
