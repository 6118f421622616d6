import { ERROR_CODES } from '../vast/error-code.ts';
import { repair } from '../vast/repair.ts';
import type { Reply } from './ports.ts';

/**
 * A reply whose text was not well-formed, with the document that it is once it is mended; as it was where mending is not
 * enough, or not needed. It is done for one request: what was mended is neither kept nor shared.
 *
 * @param url the URL that was asked for; null where nothing was
 */
export function repairReply(reply: Reply, url: string | null): Reply {
  const { outcome, exchanges } = reply;
  if (outcome.kind !== 'failed' || outcome.text === null) return reply;
  if (outcome.defect?.code !== ERROR_CODES.xmlParsing) return reply;
  const repaired = repair(outcome.text);
  if (repaired === null || repaired.document === null) return reply;
  const { document, mistakes: repairs } = repaired;
  const { httpStatus, notes } = outcome;
  const from = exchanges.at(-1)?.url ?? url;
  return { ...reply, freshForMs: 0, outcome: { kind: 'document', document, url: from, httpStatus, notes, repairs } };
}
