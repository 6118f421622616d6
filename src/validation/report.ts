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

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

const NONE: readonly string[] = [];

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
  const all = merged.map((finding): Reported => ({ finding, coveredBy: NONE, offset: 0 }));
  for (const [rule, ofRule] of Map.groupBy(found, ({ rule }) => rule)) {
    if (severities[rule.id] !== 'off') for (const each of limitAlike(ofRule)) all.push(toReported(each, locate));
  }
  const byRule = Map.groupBy(all, ({ finding }) => finding.rule);
  const isCovered = createIsCovered(byRule);
  const isNew = createIsNew(byRule);
  const told = all.filter((each) => severities[each.finding.rule] !== 'off' && !isCovered(each) && isNew(each));
  return told
    .map((each) => withSeverity(each, severities[each.finding.rule]))
    .sort(byPlace)
    .map(({ finding }) => finding);
}

type ByRule = ReadonlyMap<string, readonly Reported[]>;

/**
 * Many trackers with one mistake are one mistake. Of what a rule found in a hop the first are listed, and the last of
 * those counts the rest.
 */
function limitAlike(ofRule: readonly Found[]): readonly Found[] {
  if (ofRule.length <= MAX_ALIKE || ofRule[0]!.rule.listsEach) return ofRule;
  return [...Map.groupBy(ofRule, ({ hop }) => hop).values()].flatMap((alike) => {
    const listed = alike.slice(0, MAX_ALIKE);
    const rest = alike.length - listed.length;
    return rest === 0
      ? listed
      : listed.with(-1, { ...listed.at(-1)!, message: `${listed.at(-1)!.message} (and ${rest} more like it)` });
  });
}

function toReported({ rule, hop, element, line = null, message }: Found, locate: Locate): Reported {
  const document = element === undefined ? null : (hop?.document ?? null);
  const at = document === null ? null : locate(document, element!);
  return {
    finding: {
      rule: rule.id,
      severity: rule.severity,
      vastError: rule.vastError ?? null,
      lossReason: rule.lossReason ?? null,
      hop: hop?.hop ?? null,
      line: at === null ? line : at.line,
      path: at === null ? null : at.path,
      message: shorten(message),
      spec: rule.spec,
    },
    coveredBy: rule.coveredBy ?? NONE,
    offset: element?.start ?? 0,
  };
}

const placeOf = ({ hop, path }: Finding): string => `${hop} ${path}`;

/** Did a rule that finds the same cause find something at the same place? */
function createIsCovered(byRule: ByRule): (each: Reported) => boolean {
  const places = new Map<string, ReadonlySet<string>>();
  const placesOf = (rule: string, ofRule: readonly Reported[]): ReadonlySet<string> => {
    const known = places.get(rule) ?? new Set(ofRule.map(({ finding }) => placeOf(finding)));
    places.set(rule, known);
    return known;
  };
  return ({ finding, coveredBy }) =>
    coveredBy.some((rule) => {
      const ofRule = byRule.get(rule);
      return ofRule !== undefined && placesOf(rule, ofRule).has(placeOf(finding));
    });
}

/** Is it told for the first time? */
function createIsNew(byRule: ByRule): (each: Reported) => boolean {
  const apart = new Set([...byRule].flatMap(([rule, ofRule]) => (areApart(ofRule) ? rule : [])));
  const told = new Set<string>();
  return ({ finding }) => {
    if (apart.has(finding.rule)) return true;
    const key = `${finding.rule} ${placeOf(finding)} ${finding.line} ${finding.message}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
}

/** Is each at another element? Of many nobody looks whether they are. */
function areApart(ofRule: readonly Reported[]): boolean {
  if (ofRule.length > MAX_ALIKE) return false;
  return ofRule.every(({ offset, finding }, at) =>
    ofRule.every((other, i) => i >= at || other.offset !== offset || other.finding.hop !== finding.hop),
  );
}

function withSeverity(each: Reported, severity: Severity | 'off' | undefined): Reported {
  return severity === undefined || severity === 'off' ? each : { ...each, finding: { ...each.finding, severity } };
}

function byPlace(a: Reported, b: Reported): number {
  const [one, other] = [a.finding, b.finding];
  return (
    RANKS[one.severity] - RANKS[other.severity] ||
    (one.hop ?? Infinity) - (other.hop ?? Infinity) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    a.offset - b.offset
  );
}
