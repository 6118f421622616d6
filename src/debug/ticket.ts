import { formatMs } from './figures.ts';
import { printable } from './printable.ts';
import type { Redact } from './redact.ts';
import type { DebugRun } from './run.ts';
import { sentenceOf } from './sentence.ts';
import { verdict } from './verdict.ts';

/** Findings that are listed; the page has all. */
const MAX_FINDINGS = 10;

/**
 * A run in the few lines that a ticket needs: what an SSP would do, whom to tell what, the chain, and where to see more.
 * @param link the address of its page
 */
export function ticketOf(run: DebugRun, link: string, redact: Redact): string {
  const { request, result, at, player, auctionMs } = run;
  const { sentence, others, unfilled, advice } = verdict(run);
  const asks = new Map<string, Set<string>>();
  for (const each of [...(advice === null ? [] : [advice]), ...others]) {
    asks.set(each.whom, (asks.get(each.whom) ?? new Set()).add(each.tell));
  }
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  const lines = [
    sentence,
    ...others.map((each) => `Also: ${each.sentence}`),
    ...(unfilled.length > 0 ? [`The tag was sent with ${unfilled.join(', ')} unfilled.`] : []),
    '',
    ...[...asks].flatMap(([whom, tells]) => [`To ${whom}:`, ...[...tells].map((tell) => `  ${tell}`)]),
    ...(asks.size > 0 ? [''] : []),
    `Tag: ${'url' in request.input ? redact.url(request.input.url) : 'a document that was pasted'}`,
    `When: ${at.slice(0, 19).replace('T', ' ')} UTC, ${formatMs(result.deadline.elapsedMs)} in all; an auction waits ${formatMs(auctionMs)}`,
    `Held against: ${player ?? 'no player'}`,
    ...(result.vastError === null ? [] : [`VAST error: ${result.vastError}`]),
    '',
    'Chain:',
    ...result.hops.flatMap(({ host, error, kind, version, httpStatus, ms, url }, hop) => {
      const facts = [error ?? kind, version && `VAST ${version}`, httpStatus && `HTTP ${httpStatus}`, formatMs(ms)];
      const line = `  ${hop} ${host ?? 'given'}: ${facts.filter(Boolean).join(', ')}`;
      return url === null ? [line] : [line, `    ${redact.url(url)}`];
    }),
    ...(errors.length === 0 ? [] : ['', 'Errors found:']),
    ...errors
      .slice(0, MAX_FINDINGS)
      .map(({ rule, hop, line, message }) => `  ${placeOf(hop, line)}${sentenceOf(message)} [${rule}]`),
    ...(errors.length > MAX_FINDINGS ? [`  and ${errors.length - MAX_FINDINGS} more`] : []),
    '',
    `All of it, for a day: ${link}`,
  ];
  return redact.text(`${lines.map(printable).join('\n')}\n`);
}

function placeOf(hop: number | null, line: number | null): string {
  if (hop === null) return '';
  return line === null ? `hop ${hop}: ` : `hop ${hop}, line ${line}: `;
}
