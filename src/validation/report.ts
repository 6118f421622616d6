import { createLocate, type Locate } from '../vast/location.ts';
import type { Severities } from './severities.ts';
import { shorten, type Finding, type Severity } from './finding.ts';
import type { DocumentProblem, Rule } from './rule.ts';
import type { HopSubject } from './subject.ts';

export type ValidationSettings = { readonly severities?: Severities };

/** What a rule found, before it is put into words for people. */
export type Found = DocumentProblem & { readonly rule: Rule; readonly hop: HopSubject | null };

/** A finding with what is needed to put it in its place. */
type Reported = { readonly finding: Finding; readonly coveredBy: readonly string[]; readonly offset: number };

/** Findings of one rule in one hop beyond these are counted, not listed. */
const MAX_ALIKE = 10;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * Turns what rules found into findings: with path and line, with the severities of the settings, and in order. The same
 * cause is reported once. `merged` is what merging found.
 */
export function report(
  found: readonly Found[],
  merged: readonly Finding[],
  { severities = {} }: ValidationSettings,
): readonly Finding[] {
  const locate = createLocate();
  const all: Reported[] = [
    ...merged.map((finding) => ({ finding, coveredBy: [], offset: 0 })),
    ...limitAlike(found.filter(({ rule }) => severities[rule.id] !== 'off')).map((each) => toReported(each, locate)),
  ];
  const reported = new Set(all.map(({ finding }) => keyOf(finding, finding.rule)));
  const once = new Set<string>();
  return all
    .filter(({ finding, coveredBy }) => {
      if (severities[finding.rule] === 'off' || coveredBy.some((rule) => reported.has(keyOf(finding, rule))))
        return false;
      const key = `${keyOf(finding, finding.rule)} ${finding.line} ${finding.message}`;
      return !once.has(key) && once.add(key);
    })
    .map((each) => ({ ...each, finding: withSeverity(each.finding, severities[each.finding.rule]) }))
    .sort(byPlace)
    .map(({ finding }) => finding);
}

/**
 * Many trackers with one mistake are one mistake. Of what a rule found in a hop the first are listed, and the last of
 * those counts the rest.
 */
function limitAlike(found: readonly Found[]): readonly Found[] {
  const groups = Map.groupBy(found, ({ rule }) => rule);
  return [...groups].flatMap(([{ listsEach }, ofRule]) =>
    [...Map.groupBy(ofRule, ({ hop }) => hop).values()].flatMap((alike) => {
      const listed = listsEach ? alike : alike.slice(0, MAX_ALIKE);
      const rest = alike.length - listed.length;
      return rest === 0
        ? listed
        : listed.with(-1, { ...listed.at(-1)!, message: `${listed.at(-1)!.message} (and ${rest} more like it)` });
    }),
  );
}

function toReported({ rule, hop, element, line = null, message }: Found, locate: Locate): Reported {
  const { id, severity, vastError, lossReason, spec, coveredBy = [] } = rule;
  const document = element === undefined ? null : (hop?.document ?? null);
  const at = document === null ? { path: null, line } : locate(document, element!);
  return {
    finding: {
      rule: id,
      severity,
      vastError: vastError ?? null,
      lossReason: lossReason ?? null,
      hop: hop?.hop ?? null,
      ...at,
      message: shorten(message),
      spec,
    },
    coveredBy,
    offset: element?.start ?? 0,
  };
}

const keyOf = ({ hop, path }: Finding, rule: string): string => `${rule} ${hop} ${path}`;

function withSeverity(finding: Finding, severity: Severity | 'off' | undefined): Finding {
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
}

function byPlace(a: Reported, b: Reported): number {
  const [one, other] = [a.finding, b.finding];
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    (one.hop ?? Infinity) - (other.hop ?? Infinity) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    a.offset - b.offset
  );
}
