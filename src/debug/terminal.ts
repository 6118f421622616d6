import type { Status } from '../chain/status.ts';
import { isOurs } from '../own-delay.ts';
import type { Severity } from '../validation/finding.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { drawMedia } from './draw-media.ts';
import { printable } from './printable.ts';

/** What is drawn of a hop. */
export type DrawnHop = {
  readonly index: number;
  readonly kind: string;
  readonly host: string | null;
  readonly cache: string;
  /** From the start of the request, in ms. */
  readonly startMs: number;
  readonly ms: number;
  readonly ownDelayMs: number;
  readonly phases: Readonly<Record<'dns' | 'tcp' | 'tls' | 'ttfb' | 'download', number | null>> | null;
  readonly version: string | null;
  readonly slot: number | null;
  readonly error: string | null;
  readonly message: string | null;
};

/** What is drawn of an answer of `/v1/unwrap`. */
export type DrawnReport = {
  readonly status: Status;
  readonly vastError: number | null;
  readonly reason: string | null;
  readonly wrappers: number;
  readonly deadline: { readonly tmax: number; readonly elapsedMs: number };
  readonly hops: readonly DrawnHop[];
  readonly ads: readonly {
    readonly adSystem: string | null;
    readonly adTitle: string | null;
    readonly adType: string;
    readonly format?: string;
    readonly durationSec: number | null;
    readonly sequence: number | null;
    readonly mediaFiles: readonly unknown[];
  }[];
  readonly media?: readonly MediaVerdict[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly hop: number | null;
    readonly line: number | null;
    readonly message: string;
  }[];
  readonly errorUrls: readonly string[];
};

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
/** Puts a style on a text, or does not where there are no colours. */
export type Paint = (style: Style, text: string) => string;

const plain: Paint = (_style, text) => text;

const CONNECT = '░';
const WAIT = '▒';
const DOWNLOAD = '█';
const INSTANT = '▏';
const LEGEND = `${CONNECT} connect  ${WAIT} wait  ${DOWNLOAD} download  ${INSTANT} nothing sent`;

const SEVERITIES: readonly (readonly [Severity, Style])[] = [
  ['error', 'red'],
  ['warning', 'yellow'],
  ['info', 'dim'],
];

/**
 * An answer as lines for a terminal: how it ended, the hops as a waterfall, what was wrong, the ads and
 * their files, the findings.
 *
 * @param width columns of the terminal; 80 are needed
 */
export function drawReport(report: DrawnReport, width = 100, paint: Paint = plain): string {
  const sections = [
    [headline(report, paint)],
    drawWaterfall(report, width, paint),
    drawAds(report),
    drawMedia(report.media ?? []),
    drawFindings(report, paint),
    drawErrorUrls(report),
  ];
  const lines = sections.filter((section) => section.length > 0).map((section) => section.join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function headline({ status, vastError, reason, wrappers, deadline }: DrawnReport, paint: Paint): string {
  const style = status === 'resolved' ? 'green' : status === 'collapsed' ? 'yellow' : 'red';
  const parts = [
    ...(reason === null ? [] : [reason]),
    ...(vastError === null ? [] : [`VAST error ${vastError}`]),
    `${wrappers} ${wrappers === 1 ? 'wrapper' : 'wrappers'}`,
    `${deadline.elapsedMs} of ${deadline.tmax} ms`,
  ];
  return `${paint('bold', paint(style, status))}  ${parts.join(' · ')}`;
}

/** One line per hop: who was asked, what came, how long it took, and when, from the first ms to the last. */
function drawWaterfall({ hops, deadline }: DrawnReport, width: number, paint: Paint): string[] {
  if (hops.length === 0) return [];
  const slots = hops.some(({ slot }) => slot !== null);
  const rows = hops.map((hop, position) => [
    String(position),
    ...(slots ? [hop.slot === null ? '' : String(hop.slot + 1)] : []),
    printable(hop.host ?? 'given'),
    hop.kind,
    printable(hop.version ?? ''),
    hop.cache,
    hop.ms.toFixed(1),
  ]);
  const titles = ['#', ...(slots ? ['slot'] : []), 'host', 'kind', 'VAST', 'cache', 'ms'];
  const hostColumn = titles.indexOf('host');
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  widths[hostColumn] = Math.min(widths[hostColumn]!, 28);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) =>
        i === titles.length - 1 ? cell.padStart(widths[i]!) : cut(cell, widths[i]!).padEnd(widths[i]!),
      )
      .join('  ');

  const room = Math.max(10, width - line(titles).length - 4);
  const endMs = Math.max(deadline.elapsedMs, ...hops.map(({ startMs, ms }) => startMs + ms), 0.1);
  const end = `${endMs.toFixed(1)} ms`;
  const axis = `0${end.padStart(room - 1)}`;
  const output = [paint('dim', `  ${line(titles)}  ${axis}`)];
  for (const [i, hop] of hops.entries()) {
    const style = hop.error === null ? 'cyan' : 'red';
    output.push(`  ${line(rows[i]!)}  ${paint(style, drawBar(hop, endMs, room))}`);
    if (isOurs(hop.ms, hop.ownDelayMs)) output.push(`     our own process was ${hop.ownDelayMs} ms late meanwhile`);
    if (hop.error !== null) output.push(paint('red', cut(`     ${hop.error}: ${printable(hop.message ?? '')}`, width)));
  }
  return [...output, paint('dim', `  ${LEGEND}`)];
}

function drawBar({ startMs, ms, phases }: DrawnHop, endMs: number, room: number): string {
  const column = (at: number): number => Math.min(room, Math.max(0, Math.round((at / endMs) * room)));
  const from = Math.min(column(startMs), room - 1);
  if (phases === null) return ' '.repeat(from) + INSTANT;
  const connected = startMs + (phases.dns ?? 0) + (phases.tcp ?? 0) + (phases.tls ?? 0);
  // Without a time to the first byte it was waited for to the end.
  const answered = phases.ttfb === null ? startMs + ms : connected + phases.ttfb;
  const to = Math.max(from + 1, column(startMs + ms));
  const cells = Array.from({ length: to - from }, (_, i) => {
    const at = from + i;
    if (at < column(connected)) return CONNECT;
    return at < column(answered) || to - from === 1 ? WAIT : DOWNLOAD;
  });
  return ' '.repeat(from) + cells.join('');
}

function drawAds({ ads }: DrawnReport): string[] {
  return ads.map(({ adTitle, adSystem, adType, format = 'linear', durationSec, sequence, mediaFiles }) => {
    const kind = format === 'linear' ? adType : `${format} (${adType})`;
    const parts = [
      printable(adTitle ?? 'without a title'),
      ...(adSystem === null ? [] : [printable(adSystem)]),
      durationSec === null ? kind : `${kind} of ${durationSec} s`,
      `${mediaFiles.length} media ${mediaFiles.length === 1 ? 'file' : 'files'}`,
    ];
    return `  ad${sequence === null ? '' : ` ${sequence}`}  ${parts.join(' · ')}`;
  });
}

function drawFindings({ findings }: DrawnReport, paint: Paint): string[] {
  if (findings.length === 0) return [];
  return SEVERITIES.flatMap(([severity, style]) =>
    findings
      .filter((each) => each.severity === severity)
      .flatMap(({ rule, hop, line, message }) => {
        const place = [hop === null ? null : `hop ${hop}`, line === null ? null : `line ${line}`];
        const where = place.filter((each) => each !== null).join(', ');
        return [
          `  ${paint(style, severity.padEnd(7))}  ${rule}${where === '' ? '' : paint('dim', `  ${where}`)}`,
          `           ${printable(message)}`,
        ];
      }),
  );
}

function drawErrorUrls({ errorUrls }: DrawnReport): string[] {
  if (errorUrls.length === 0) return [];
  return ['  error URLs to tell:', ...errorUrls.map((url) => `    ${printable(url)}`)];
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
