import { printable } from './printable.ts';
import { drawReport, type DrawnReport, type Paint } from './terminal.ts';

/** What of a VMAP report is drawn. */
type DrawnVmap = {
  readonly version: string | null;
  readonly breaks: readonly {
    readonly timeOffset: string | null;
    readonly breakType: string | null;
    readonly breakId: string | null;
    readonly result: DrawnReport | null;
  }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly line: number | null;
    readonly message: string;
  }[];
};

/** The breaks of a VMAP document as text for a terminal, each with what became of its ad. */
export function drawVmap(report: DrawnVmap, columns: number | undefined, paint: Paint): string {
  const { version, breaks, findings } = report;
  const head = `VMAP ${version ?? 'of no version'}: ${breaks.length === 1 ? 'one ad break' : `${breaks.length} ad breaks`}`;
  const findingLines = findings.map(
    ({ rule, severity, line, message }) =>
      `  ${severity} ${rule}${line === null ? '' : `, line ${line}`}: ${printable(message)}`,
  );
  const parts = breaks.map(({ timeOffset, breakType, breakId, result }, at) => {
    const facts = [timeOffset ?? 'no timeOffset', breakType, breakId].filter((fact) => fact !== null).map(printable);
    const title = paint('bold', `Break ${at + 1}: ${facts.join(', ')}`);
    return `\n${title}\n${result === null ? '  no ad to unwrap\n' : drawReport(result, columns, paint)}`;
  });
  return `${[head, ...findingLines].join('\n')}\n${parts.join('')}`;
}
