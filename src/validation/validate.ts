import { AdSubject, type DeclaredFile } from './ad-subject.ts';
import { chainSubject, type ChainSubject } from './chain-subject.ts';
import { elementProblems } from './element-problems.ts';
import type { Finding } from './finding.ts';
import { report, type Found, type ValidationSettings } from './report.ts';
import type { AdRule, ChainRule, InteractiveFileRule, MediaRule, Rule } from './rule.ts';
import { RULES } from './rules/index.ts';
import type { Severities } from './severities.ts';
import type { HopSubject, Subject } from './subject.ts';

const ofKind = <Kind extends Rule['looksAt']>(kind: Kind): readonly Extract<Rule, { looksAt: Kind }>[] =>
  RULES.filter((rule): rule is Extract<Rule, { looksAt: Kind }> => rule.looksAt === kind);

const DOCUMENT_RULES = ofKind('document');
const CHAIN_RULES = ofKind('chain');
const AD_RULES = ofKind('ad');
const MEDIA_RULES = ofKind('media');
const INTERACTIVE_FILE_RULES = ofKind('interactive-file');

const REJECTING: ReadonlySet<string> = new Set(RULES.filter(({ rejects }) => rejects).map(({ id }) => id));

/** Does this finding mean that the ad must not be shown? Everything else only informs. */
export function rejects(finding: Finding): boolean {
  return finding.severity === 'error' && REJECTING.has(finding.rule);
}

/**
 * Holds a chain, or a single document, against all rules. Findings come ordered by severity, then by place: hop after
 * hop, as they stand in the document, what is about the whole chain at the end. The same cause is told once.
 */
export function validate(subject: Subject, settings: ValidationSettings = {}): readonly Finding[] {
  const found: Found[] = [];
  for (const hop of subject.hops) {
    for (const rule of DOCUMENT_RULES) {
      if (rule.of !== undefined && isMissing(hop[rule.of])) continue;
      for (const problem of rule.check(hop, subject)) found.push({ ...problem, rule, hop });
    }
  }
  const chain = chainSubject(subject);
  for (const hop of chain.checked()) {
    for (const { rule, element, message } of elementProblems(hop.document)) found.push({ rule, hop, element, message });
  }
  checkChain(chain, found);
  for (const each of subject.settled) {
    const ad = new AdSubject(each, subject);
    checkAd(ad, found);
    if (subject.media.length === 0) continue;
    checkFiles(ad, [...ad.mediaFiles, ...ad.images], found, MEDIA_RULES);
    checkFiles(ad, ad.interactiveFiles, found, INTERACTIVE_FILE_RULES);
  }
  return report(found, subject.merged, settings);
}

/**
 * Holds a chain and its ads against those rules alone that can forbid to show the ad: a fraction of the work, for
 * auctions in which nobody looks at findings.
 */
export function findRejections(subject: Subject, settings: ValidationSettings = {}): readonly Finding[] {
  const found: Found[] = [];
  const rejecting = rejectingRules(settings.severities ?? AS_THEY_ARE);
  checkChain(chainSubject(subject), found, rejecting.chain);
  for (const each of subject.settled) {
    const ad = new AdSubject(each, subject);
    checkAd(ad, found, rejecting.ad);
    if (subject.media.length === 0) continue;
    checkFiles(ad, [...ad.mediaFiles, ...ad.images], found, rejecting.media);
  }
  return found.length === 0 ? [] : report(found, [], settings).filter(rejects);
}

const isMissing = (part: object | null | undefined): boolean =>
  part == null || (Array.isArray(part) && part.length === 0);

type RejectingRules = {
  readonly chain: readonly ChainRule[];
  readonly ad: readonly AdRule[];
  readonly media: readonly MediaRule[];
};

const AS_THEY_ARE: Severities = Object.freeze({});
const rejectingKnown = new WeakMap<Severities, RejectingRules>();

/** Of the rules that can forbid to show an ad those that do: a warning forbids nothing, unless it is made an error. */
function rejectingRules(severities: Severities): RejectingRules {
  let known = rejectingKnown.get(severities);
  if (known === undefined) {
    const isOne = ({ id, severity, rejects }: Rule): boolean =>
      rejects === true && (severities[id] ?? severity) === 'error';
    known = { chain: CHAIN_RULES.filter(isOne), ad: AD_RULES.filter(isOne), media: MEDIA_RULES.filter(isOne) };
    rejectingKnown.set(severities, known);
  }
  return known;
}

const hopOf = ({ hops }: Subject, hop: number | null): HopSubject | null =>
  hops.find((each) => each.hop === hop) ?? null;

function checkChain(chain: ChainSubject, found: Found[], rules = CHAIN_RULES): void {
  for (const rule of rules) {
    if (rule.of !== undefined && chain[rule.of].length === 0) continue;
    for (const problem of rule.check(chain)) found.push({ ...problem, rule, hop: hopOf(chain, problem.hop) });
  }
}

function checkAd(ad: AdSubject, found: Found[], rules = AD_RULES): void {
  const hop = hopOf(ad.subject, ad.ad.hop);
  for (const rule of rules) {
    if (rule.against !== undefined && ad.subject[rule.against] === null) continue;
    for (const problem of rule.check(ad)) found.push({ ...problem, rule, hop });
  }
}

function checkFiles(
  ad: AdSubject,
  files: readonly DeclaredFile[],
  found: Found[],
  rules: readonly (MediaRule | InteractiveFileRule)[],
): void {
  const { subject } = ad;
  const hop = hopOf(subject, ad.ad.hop);
  // of two verdicts on one URL the first counts
  const verdicts = new Map(subject.media.toReversed().map((verdict) => [verdict.url, verdict]));
  for (const { element, declared } of files) {
    const verdict = verdicts.get(declared.url);
    if (verdict === undefined) continue;
    for (const rule of rules) {
      const message = rule.check({ element, declared, ad, verdict });
      if (message !== null) found.push({ rule, hop, element, message });
    }
  }
}
