import { ERROR_CODES } from '../../../vast/error-code.ts';
import type { Mistake } from '../../../vast/mend-edits.ts';
import type { Outline } from '../../../vast/outline.ts';
import { outlineOfBroken, repair } from '../../../vast/repair.ts';
import { defineRules } from '../../define-rules.ts';
import type { DocumentProblem } from '../../rule.ts';
import type { HopSubject } from '../../subject.ts';

/** Mistakes of one document that are told one by one. */
const MAX_LISTED = 50;

/** The text of a hop that is not well-formed; null for every other. */
function brokenText({ defect, text }: HopSubject): string | null {
  return defect?.code === ERROR_CODES.xmlParsing ? text : null;
}

function problemsOf(mistakes: readonly Mistake[]): readonly DocumentProblem[] {
  const problems = mistakes.slice(0, MAX_LISTED).map(({ line, message }) => ({ line, message }));
  const left = mistakes.length - problems.length;
  return left === 0 ? problems : [...problems, { message: `${left} more mistakes of this document are not listed` }];
}

function described({ kind, ads, creatives, trackers, nextTag }: Outline): string {
  const what = kind === 'inline' ? 'an InLine' : 'a Wrapper';
  const next = nextTag === null ? '' : `, and leads to ${nextTag}`;
  return `${what} (ads: ${ads}, creatives: ${creatives}, trackers: ${trackers})${next}`;
}

function couldBeSaved(text: string): string {
  const repaired = repair(text);
  if (repaired === null) return 'repair would not save it: there is nothing that it could mend';
  if (repaired.document !== null) return 'repair would save it';
  return `repair would not save it: ${repaired.defect!.message} (line ${repaired.defect!.line})`;
}

/** A document that is not well-formed: which of its mistakes are which, what it would hold, and what was mended. */
export const DOCUMENT_MISTAKES_RULES = defineRules({ looksAt: 'document' }, [
  {
    id: 'document/mistake',
    of: 'defect',
    severity: 'info',
    title: 'A mistake of a document that is not well-formed, as it could be mended',
    why: 'A strict reader tells of the first mistake alone; these are all that anybody can see the meaning of.',
    fix: 'Mend each where the document is made; options.repair mends them for you, and no player does.',
    spec: 'XML 1.0, 2.1',
    listsEach: true,
    check: (hop) => {
      const text = brokenText(hop);
      const repaired = text === null ? null : repair(text);
      return repaired === null ? [] : problemsOf(repaired.mistakes);
    },
  },
  {
    id: 'document/would-hold',
    of: 'defect',
    severity: 'info',
    title: 'What a document that is not well-formed would hold',
    why: 'It tells whose ad was lost, and whether it could be had by mending the document.',
    fix: 'Mend the document; until then options.repair may save the ad for those who ask for it.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: (hop) => {
      const text = brokenText(hop);
      const outline = text === null ? null : outlineOfBroken(text);
      if (text === null || outline === null || outline.kind === null) return [];
      return [{ message: `read by somebody who minds nothing it is ${described(outline)}; ${couldBeSaved(text)}` }];
    },
  },
  {
    id: 'document/repaired',
    of: 'repairs',
    severity: 'warning',
    title: 'The document was not well-formed and was mended',
    why: 'No player could have shown it as it came: players and browsers stop at the first mistake. Only this answer can be shown.',
    fix: 'Have it mended where it is made, or the ad is lost wherever nobody repairs it.',
    spec: 'VAST 4.3, 2.3.6.3',
    listsEach: true,
    check: ({ repairs = [] }) => problemsOf(repairs),
  },
]);
