import { conclude, type ChainEnd } from './conclude.ts';
import type { Conclusion, UnwrapResult, Written } from './result.ts';
import { rereadConclusion, type Reread } from './written.ts';

/**
 * The result of a chain whose conclusion was remembered. Most callers are sent its bytes; what else is in it is read, or
 * worked out again, when somebody asks.
 */
export function recall(written: Written, end: ChainEnd, deadline: UnwrapResult['deadline']): UnwrapResult {
  const { status, vastError, reason, wrappers } = written;
  let reread: Reread | null = null;
  const read = (): Reread => (reread ??= rereadConclusion(written));
  let again: Conclusion | null = null;
  const workOut = (): Conclusion => (again ??= conclude(end));
  return {
    status,
    vastError,
    reason,
    wrappers,
    deadline,
    media: end.media,
    hops: end.chain.hops,
    drift: end.drift,
    written,
    get adm() {
      return written.adm === null ? null : written.adm.toString();
    },
    get ads() {
      return read().ads;
    },
    get findings() {
      return read().findings;
    },
    get errorUrls() {
      return read().errorUrls;
    },
    get unwritten() {
      return read().unwritten;
    },
    get bid() {
      return read().bid;
    },
    get projection() {
      return read().projection ?? null;
    },
    // It points into the documents' trees, so it is not kept beside them.
    get merged() {
      return workOut().merged;
    },
  };
}
