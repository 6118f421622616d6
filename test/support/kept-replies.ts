import type { Reply, TagRequest } from '../../src/unwrap/ports.ts';
import { inLineAd, read, vast } from './vast-text.ts';

// Requests and replies for tests of what keeps them.

export function tagRequest(url: string, personal: Partial<TagRequest['personal']> = {}): TagRequest {
  return { url, target: URL.parse(url), uri: url, headers: {}, personal: { url: false, headers: false, ...personal } };
}

export function documentReply(freshForMs: number, id = 'i', text = vast(inLineAd({ id }))): Reply {
  const outcome = { kind: 'document', document: read(text), url: 'https://a.example/v', httpStatus: 200 } as const;
  return { exchanges: [], outcome, freshForMs };
}

export function failedReply(reason: 'http-status' | 'timeout' | 'busy'): Reply {
  const failure = { reason, message: 'it failed' };
  return {
    exchanges: [],
    outcome: { kind: 'failed', failure, httpStatus: null, errorUrls: [], defect: null, text: null },
    freshForMs: 0,
  };
}

/** The id of the first ad of a reply: which document it is. */
export function adOf({ outcome }: Reply): string | null | undefined {
  return outcome.kind === 'document' ? outcome.document.ads[0]?.id : undefined;
}
