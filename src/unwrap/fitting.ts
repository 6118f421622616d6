import type { Settled } from '../chain/step.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { filesToProbe } from './files-to-probe.ts';
import type { Judge } from './follow.ts';
import { judge } from './judge.ts';
import type { UnwrapRequest } from './request.ts';
import type { UnwrapContext } from './resolve-hop.ts';

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
export function createJudge(request: UnwrapRequest, context: UnwrapContext): Judge {
  const { imp, options } = request;
  const misfit = (
    settled: readonly Settled[],
    media: readonly MediaVerdict[],
  ): ReturnType<typeof judge>['rejection'] => {
    const hops = context.hops.filter((hop) => hop !== null);
    const evidence = {
      settled,
      pod: settled.length > 1,
      failures: [],
      hops,
      merged: [],
      media,
      drift: null,
      deadlineMs: context.deadline.budgetMs,
    };
    return judge({ ...request, wantsFindings: false }, evidence, context.ports.validation).rejection;
  };
  return async (settled) => {
    const byImp = imp === null ? null : misfit(settled, []);
    const byFile =
      byImp === null && options.probe !== 'off' ? misfit(settled, await probeFiles(request, settled, context)) : null;
    const rejection = byImp ?? byFile;
    if (rejection === null) return null;
    const { rule, message, vastError } = rejection;
    return { reason: 'refused', message: `${message} (${rule})`, vastError };
  };
}
