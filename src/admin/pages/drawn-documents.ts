import type { DebugRun } from '../../debug/run.ts';
import { createListTurns } from '../check-tag.ts';
import { drawHop, mergedDocument } from './documents.ts';
import { html, type Html } from './html.ts';
import { type ShownDocuments, showDocuments } from './shown-documents.ts';
import type { View } from './view.ts';

/** The documents of a run, as its page has them: what there is most of on it. */
export type DrawnDocuments = { readonly shown: ShownDocuments; readonly hops: Html; readonly merged: Html };

/** Draws them all at once. */
export function drawDocuments({ result }: DebugRun, { redact }: Pick<View, 'redact'>): DrawnDocuments {
  const shown = showDocuments(result);
  const hops = html`${result.hops.map((hop, at) => drawHop(hop, at, shown, redact))}`;
  return { shown, hops, merged: mergedDocument(result, redact) };
}

/** Draws one in each turn of the loop: each may have half a megabyte, and a chain sixteen of them. */
export async function drawDocumentsInTurns(
  { result }: DebugRun,
  { redact }: Pick<View, 'redact'>,
): Promise<DrawnDocuments> {
  const turns = createListTurns();
  const shown = showDocuments(result);
  const hops: Html[] = [];
  for (const [at, hop] of result.hops.entries()) {
    await turns.next();
    shown.at(at);
    await turns.next();
    hops.push(drawHop(hop, at, shown, redact));
  }
  await turns.next();
  const merged = mergedDocument(result, redact);
  await turns.next();
  return { shown, hops: html`${hops}`, merged };
}
