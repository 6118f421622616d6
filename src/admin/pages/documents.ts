import { indentXml, isOnFewLines } from '../../debug/indent-xml.ts';
import { type Redact, SHOW_ALL } from '../../debug/redact.ts';
import type { HopReport, UnwrapResult } from '../../unwrap/result.ts';
import { count, formatBytes } from '../../debug/figures.ts';
import { factRows, html, outsideLink, type Html } from './html.ts';
import type { ShownDocuments } from './shown-documents.ts';
import { source } from './source.ts';

/** What of a hop is shown with its document. */
export type HopOfDocument = Pick<HopReport, 'host' | 'adSystem' | 'text' | 'kind' | 'error' | 'message' | 'exchanges'>;

/** What came at each hop: the source with its line numbers, and the headers of the replies. */
export function hopDocuments(hops: readonly HopOfDocument[], documents: ShownDocuments, redact: Redact): Html {
  return html`${hops.map((hop, at) => drawHop(hop, at, documents, redact))}`;
}

/** One of them. */
export function drawHop(hop: HopOfDocument, at: number, documents: ShownDocuments, redact: Redact): Html {
  const { host, adSystem, text, message, kind, error } = hop;
  const heading = [`Hop ${at}`, host ?? 'given', adSystem, error ?? kind].filter((each) => each !== null).join(' · ');
  const size = text === null ? 'no body' : `${formatBytes(text.length)}, ${count(text.split('\n').length, 'line')}`;
  return html`<details id="hop-${at}" class="hop" ${error !== null && html` open`}>
    <summary>${heading} <span class="small">${size}</span></summary>
    ${message !== null && html`<p class="problem">${message}</p>`} ${hop.exchanges.map((each) => headers(each, redact))}
    ${text === null || text === '' ? html`<p class="note">No document came.</p>` : hopSource(at, documents, redact)}
  </details> `;
}

/** A document that stands on one line is shown indented, and as it came below. */
function hopSource(at: number, documents: ShownDocuments, redact: Redact): Html {
  const { text, original } = documents.at(at)!;
  if (original === null) return source(`hop-${at}`, text, [], redact.text);
  return html`<p class="note">
      It came on ${count(original.trim().split('\n').length, 'line')}. Here line breaks are put between its elements.
    </p>
    ${source(`hop-${at}`, text, [], redact.text)} ${asItCame(`hop-${at}-original`, original, redact)}`;
}

const asItCame = (prefix: string, text: string, redact: Redact): Html =>
  html`<details class="original">
    <summary>As it came, without line breaks of ours</summary>
    ${source(prefix, text, [], redact.text)}
  </details>`;

function headers({ url, httpStatus, peerAddress, headers }: HopReport['exchanges'][number], redact: Redact): Html {
  const rows = Object.entries(headers).map(
    ([name, value]) => [name, name === 'location' ? redact.url(value) : value] as const,
  );
  return html`<dl class="headers">
    <div>
      <dt>GET</dt>
      <dd class="url">${redact.url(url)}</dd>
    </div>
    ${factRows([['status', html`${httpStatus ?? 'none'}${peerAddress !== null && ` from ${peerAddress}`}`], ...rows])}
  </dl>`;
}

/** The document to play, with what came from each wrapper marked; for a rejected ad what it would have been. */
export function mergedDocument({ adm, merged }: UnwrapResult, redact: Redact = SHOW_ALL): Html {
  const text = merged?.adm ?? adm;
  if (text === null) return html`<p>There is no document to play.</p>`;
  const insertions = merged?.insertions ?? [];
  const hops = [...new Set(insertions.map(({ hop }) => hop))].sort((a, b) => a - b);
  const note =
    hops.length === 0
      ? 'Nothing was inserted: this is the text as it came.'
      : html`Marked: what was inserted from
        ${hops.map((hop, at) => html`${at > 0 && ', '}<mark data-hop="${hop}">hop ${hop}</mark>`)}. Everything else is
        the InLine's own text.`;
  const shown = isOnFewLines(text) ? indentXml(text) : null;
  const marks = insertions.map((mark) =>
    shown === null ? mark : { ...mark, start: shown.startAt(mark.start), end: shown.endAt(mark.end) },
  );
  return html`<p class="note">${note}</p>
    <details class="hop">
      <summary>Result <span class="small">${formatBytes(text.length)}</span></summary>
      ${source('merged', shown?.text ?? text, marks, redact.text)}
      ${shown !== null && asItCame('merged-original', text, redact)}
    </details>`;
}

/** The URLs that tell the ad servers what went wrong. */
export function errorUrlList(errorUrls: readonly string[]): Html {
  if (errorUrls.length === 0) return html`<p>No error URL would fire.</p>`;
  return html`<ul class="urls">
    ${errorUrls.map((url) => html`<li>${outsideLink(url)}</li>`)}
  </ul>`;
}
