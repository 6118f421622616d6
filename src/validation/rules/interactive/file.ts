import { isSimid, isVpaid } from '../../../openrtb/api-framework.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { canBe, isAlike, isScriptType } from '../../../vast/media-type.ts';
import { defineRules } from '../../define-rules.ts';
import { ofFile } from '../../media-check.ts';
import type { FileSubject } from '../../rule.ts';

/** The type that a player needs: SIMID is a page for a frame [SIMID 1.2, 3], VPAID a script; else what the document says. */
function neededType({ declared: { apiFramework, type } }: FileSubject): string | null {
  if (isSimid(apiFramework)) return 'text/html';
  return isVpaid(apiFramework) && !isScriptType(type ?? '') ? 'application/javascript' : type;
}

/**
 * Can the interactive part be had, and would a player run what comes? The film plays without it, so nothing here forbids to
 * show the ad.
 */
export const INTERACTIVE_FILE_RULES = defineRules(
  { looksAt: 'interactive-file', severity: 'error', vastError: ERROR_CODES.interactiveNotExecuted },
  [
    {
      id: 'interactive/file-unreachable',
      title: 'The interactive file cannot be had',
      why: 'The film plays as if it were plain, and error 409 is told.',
      fix: 'Put the file where the URL says, readable for everybody.',
      spec: 'VAST 4.3, 3.9.3',
      check: ({ verdict: { outcome, message, httpStatus } }) =>
        outcome === 'unreachable' ? (message ?? `HTTP status ${httpStatus ?? 'none'}`) : null,
    },
    {
      id: 'interactive/file-late',
      title: 'The host of the interactive file did not answer in time',
      why: 'A player starts the film without it, or keeps the viewer waiting.',
      fix: 'Serve it from a content delivery network.',
      spec: 'VAST 4.3, 3.9.3',
      check: ({ verdict: { outcome, message } }) =>
        outcome === 'late' ? (message ?? 'no answer within the deadline') : null,
    },
    {
      id: 'interactive/file-type',
      title: 'The interactive file is not what a player can run',
      why: 'SIMID is a page in a frame, VPAID is a script; often it is an error page with status 200.',
      fix: 'Check what the URL returns, and upload the file again.',
      spec: 'VAST 4.3, 3.9.3',
      check: (file) => {
        const { outcome, message, type } = file.verdict;
        const needed = neededType(file);
        if (outcome === 'unreadable') return message ?? 'the bytes are of no type that is known';
        return outcome !== 'read' || type === null || needed === null || canBe(type, needed)
          ? null
          : `${file.declared.apiFramework ?? 'it'} needs ${needed}, the file is ${type}`;
      },
    },
    {
      id: 'interactive/file-content-type',
      severity: 'warning',
      title: 'The server names another type than the interactive file needs',
      why: 'A browser goes by the header: a page that is sent as something else is shown as text or saved.',
      fix: 'Serve SIMID as text/html and VPAID as text/javascript.',
      spec: 'RFC 9110, 8.3',
      coveredBy: ['interactive/file-type'],
      check: ofFile(({ contentType }, file) => {
        const needed = neededType(file);
        return contentType === null || needed === null || isAlike(contentType, needed)
          ? null
          : `${file.declared.apiFramework ?? 'it'} needs ${needed}, the header says ${contentType}`;
      }),
    },
  ],
);
