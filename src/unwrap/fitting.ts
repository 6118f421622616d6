import type { Settled } from '../chain/step.ts';
import type { Finding } from '../validation/finding.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { filesToProbe } from './files-to-probe.ts';
import type { FindMisfit } from './follow.ts';
import { judge } from './judge.ts';
import type { UnwrapRequest } from './request.ts';
import type { UnwrapContext } from './resolve-hop.ts';
import type { HopReport } from './result.ts';

/** What is known of the media files of ads, or learned now where the caller waits for it. */
export async function probeFiles(
  { options, imp }: UnwrapRequest,
  settled: readonly Settled[],
  { ports, deadline, trace }: UnwrapContext,
): Promise<readonly MediaVerdict[]> {
  const urls = options.probe === 'off' ? [] : filesToProbe(settled, imp);
  return options.probe === 'off' || urls.length === 0 ? [] : ports.probe(urls, options.probe, deadline, trace);
}

/**
 * Holds ads that were reached against the request while there are others that could take their place. Files are looked
 * at last: only those of ads that fit otherwise are worth a request.
 */
export function createFindMisfit(request: UnwrapRequest, context: UnwrapContext): FindMisfit {
  const { imp, options } = request;
  const { deadline, ports } = context;
  const rejectionOf = (
    settled: readonly Settled[],
    hops: readonly (HopReport | null)[],
    media: readonly MediaVerdict[],
  ): Finding | null => {
    const pod = settled.length > 1;
    const chain = { settled, pod, failures: [], hops, merged: [], media, drift: null, deadlineMs: deadline.budgetMs };
    return judge(request, chain, ports.validation, 'rejection').rejection;
  };
  return async (settled, hops) => {
    const byImp = imp === null ? null : rejectionOf(settled, hops, []);
    const byFile =
      byImp === null && options.probe !== 'off'
        ? rejectionOf(settled, hops, await probeFiles(request, settled, context))
        : null;
    const rejection = byImp ?? byFile;
    if (rejection === null) return null;
    const { rule, message, vastError } = rejection;
    return { reason: 'refused', message: `${message} (${rule})`, vastError };
  };
}
