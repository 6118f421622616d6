import { Agent, request as httpRequest } from 'node:http';
import { promisify } from 'node:util';
import { gunzip as unzip, gzip as zip } from 'node:zlib';

// Has the video and audio bids of a BidResponse unwrapped by vast-unwrap. No packages.

const [gzip, gunzip] = [promisify(zip), promisify(unzip)];

/** The response to go on with, and why it is that one. */
export type Outcome = { readonly response: object; readonly why: string };

/** @param waitMs what is left of the auction for this */
export type Unwrap = (request: object, response: object, waitMs: number) => Promise<Outcome>;

/**
 * A service that is late, busy or gone costs no bid.
 * @param endpoint such as `http://vast-unwrap:8080`
 * @param marginMs the way there and back: the service is told so much less than this waits, so that no connection is cut
 */
export function createClient(endpoint: string, marginMs = 10): Unwrap {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 });
  const target = new URL('/v1/openrtb2/unwrap', endpoint);

  const post = async (body: string, waitMs: number): Promise<{ readonly status: number; readonly text: string }> => {
    const sent = await gzip(body, { level: 1 });
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': sent.length,
      'Content-Encoding': 'gzip',
      'Accept-Encoding': 'gzip',
    };
    const { status, isZipped, bytes } = await new Promise<{ status: number; isZipped: boolean; bytes: Buffer }>(
      (resolve, reject) => {
        const request = httpRequest(target, { method: 'POST', agent, headers, signal: AbortSignal.timeout(waitMs) });
        request.once('error', reject).once('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject);
          response.once('end', () => {
            const isZipped = response.headers['content-encoding'] === 'gzip';
            resolve({ status: response.statusCode ?? 0, isZipped, bytes: Buffer.concat(chunks) });
          });
        });
        request.end(sent);
      },
    );
    return { status, text: String(isZipped ? await gunzip(bytes) : bytes) };
  };

  return async (request, response, waitMs) => {
    try {
      const options = { tmax: Math.max(1, waitMs - marginMs) };
      const { status, text } = await post(JSON.stringify({ request, response, options }), waitMs);
      if (status === 200) return { response: JSON.parse(text) as object, why: 'unwrapped' };
      // 204: no bids, a ping, or refused under overload; 400, 413, 415: our mistake, said in the text; 5xx: theirs
      return { response, why: status === 204 ? 'refused' : `HTTP ${status}: ${text}` };
    } catch (error) {
      return { response, why: `failed: ${String(error)}` };
    }
  };
}
