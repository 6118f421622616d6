import { readFileSync } from 'node:fs';
import { FAILURES } from '../../src/chain/failure.ts';
import { STATUSES, type Status } from '../../src/chain/status.ts';
import { UNWRAP_STATUS } from '../../src/http/hook-route.ts';
import { PROBLEMS } from '../../src/http/problem.ts';
import { OptionsSchema } from '../../src/http/schema.ts';
import { code, MADE, table } from '../markdown.ts';

const MEANINGS: Readonly<Record<Status, string>> = {
  resolved: 'an InLine, or a pod of them, with everything merged',
  collapsed: 'the time was over or a host was dead, and `onTimeout=collapse`: a shorter valid Wrapper',
  no_ad: 'the chain ended without an ad',
  invalid: 'something on the way was no VAST that can be read',
  rejected: 'an ad, but not one that this `imp` may show',
  too_deep: 'more wrappers or fetches than allowed, or a loop',
  timeout: 'the deadline',
  blocked: 'an address that this service does not ask',
  unreachable: 'an ad server that did not answer, or not with a document',
  shed: 'overload: nothing was tried, or there was no room for what came',
};

/** docs/api.md: the text of api.md in this folder, with the words that the code knows. */
export function apiPage(): string {
  const text = readFileSync(new URL('api.md', import.meta.url), 'utf8');
  const tables: Readonly<Record<string, () => string>> = { statuses, options, problems };
  return `${MADE}\n${text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => tables[name]!())}`;
}

function statuses(): string {
  const rows = STATUSES.map((status) => {
    const reasons = Object.entries(FAILURES).filter(([, row]) => row.status === status);
    const hasDocument = status === 'resolved' || status === 'collapsed';
    return [
      code(status),
      MEANINGS[status],
      reasons.map(([reason]) => code(reason)).join(', '),
      hasDocument ? '200, the document' : '204',
      String(UNWRAP_STATUS[status]),
    ];
  });
  return table(['Status', 'What it means', 'Reasons', 'XML answer', '`unwrap-status`'], rows);
}

function options(): string {
  const rows = Object.entries(OptionsSchema.shape).map(([name, { description }]) => [code(name), description ?? '']);
  return table(['Option', 'What it does'], rows);
}

function problems(): string {
  const rows = Object.entries(PROBLEMS).map(([word, { status, title }]) => [String(status), code(word), title]);
  return table(['HTTP status', 'Code', 'What was wrong'], rows);
}
