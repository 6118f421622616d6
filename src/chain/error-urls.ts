import { ERROR_CODES, type VastErrorCode } from '../vast/error-code.ts';
import { FAILURES } from './failure.ts';
import type { Branch, Failed, Settled } from './step.ts';

/** Both spellings: some ad servers percent-encode the brackets of their macros. */
const MACRO = /\[ERRORCODE\]|%5BERRORCODE%5D/gi;

/**
 * The Error URLs of a failed branch, ready to be fired: those of the wrappers that were read, outermost first,
 * then those of the failed document itself [VAST 4.3, 2.3.6].
 *
 * @param at303 `root`: at the end without an ad only the empty document's own Error is fired, by the letter of 2.3.6.4
 */
export function errorUrlsOf(failed: Failed, at303: 'chain' | 'root'): readonly string[] {
  const { unfired, vastError } = FAILURES[failed.failure.reason];
  const code = failed.failure.vastError === undefined ? vastError : failed.failure.vastError;
  if (unfired === true || code === null) return [];
  const branch = code === ERROR_CODES.noAd && at303 === 'root' ? [] : failed.branch;
  return filled([...ofBranch(branch), ...failed.ownErrorUrls], code);
}

/** The Error URLs of an ad that was reached and cannot be shown: the whole chain's, the InLine's included. */
export function errorUrlsOfAd(ad: Settled, code: VastErrorCode): readonly string[] {
  return filled([...ofBranch(ad.branch), ...ad.inline.errorUrls], code);
}

function ofBranch(branch: Branch): readonly string[] {
  return branch.flatMap(({ wrapper }) => wrapper.errorUrls);
}

function filled(urls: readonly string[], code: VastErrorCode): readonly string[] {
  return urls.filter((url) => url !== '').map((url) => url.replace(MACRO, String(code)));
}
