import { FAILURES, type FailureReason } from '../chain/failure.ts';
import { nearestName } from '../nearest-name.ts';
import { RULES } from '../validation/rules/index.ts';
import type { Severity } from '../validation/finding.ts';
import { ERROR_CODES, type VastErrorCode } from '../vast/error-code.ts';
import { explainCode } from './explain-code.ts';

/** What a word of an answer means: a VAST error code, a rule, or the reason of a failure. */
export type Explanation =
  | { readonly kind: 'code'; readonly code: VastErrorCode; readonly meaning: string; readonly rules: readonly string[] }
  | {
      readonly kind: 'rule';
      readonly rule: string;
      readonly title: string;
      readonly severity: Severity;
      readonly why: string;
      readonly fix: string;
      readonly vastError: VastErrorCode | null;
      readonly spec: string | null;
    }
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      readonly meaning: string;
      readonly status: string;
      readonly vastError: VastErrorCode;
      readonly fix: string;
    };

const CODES: ReadonlySet<number> = new Set(Object.values(ERROR_CODES));
const WORDS = [...RULES.map(({ id }) => id), ...Object.keys(FAILURES)];

/** What a word means; for a word that there is none of, the nearest one, or null. */
export function explainWord(
  written: string,
): Explanation | { readonly kind: 'unknown'; readonly nearest: string | null } {
  const word = written.trim();
  if (CODES.has(Number(word))) {
    const code = Number(word) as VastErrorCode;
    const rules = RULES.filter(({ vastError }) => vastError === code).map(({ id }) => id);
    return { kind: 'code', code, meaning: explainCode(code), rules };
  }
  const rule = RULES.find(({ id }) => id === word);
  if (rule !== undefined) {
    const { id, title, severity, why, fix, vastError, spec } = rule;
    return { kind: 'rule', rule: id, title, severity, why, fix, vastError: vastError ?? null, spec };
  }
  if (!isReason(word)) return { kind: 'unknown', nearest: nearestName(word, WORDS) };
  const { title, status, vastError } = FAILURES[word];
  return { kind: 'failure', reason: word, meaning: title, status, vastError, fix: FAILURES[word].tell };
}

const isReason = (word: string): word is FailureReason => Object.hasOwn(FAILURES, word);
