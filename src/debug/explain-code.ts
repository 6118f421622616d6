import { ERROR_CODES, type VastErrorCode } from '../vast/error-code.ts';

const EXPLANATIONS: Readonly<Record<keyof typeof ERROR_CODES, string>> = {
  xmlParsing: 'the document is not well-formed XML.',
  schemaValidation: 'the document is XML, but not as the VAST schema wants it.',
  versionNotSupported: 'the document is of a VAST version that is not supported.',
  trafficking: 'the ad is of a type that the player did not expect.',
  linearity: 'the player expected a linear ad and got a nonlinear one, or the other way round.',
  duration: 'the ad is shorter or longer than the player takes.',
  size: 'the ad is of a size that the player does not take.',
  categoryRequired: 'the ad names no category although one was asked for.',
  categoryBlocked: 'the ad is of a category that a wrapper or the auction blocks.',
  adBreakShortened: 'the ad break was cut short, so the ad was not shown.',
  wrapper: 'something in a wrapper is wrong, such as an ad tag URI that cannot be used.',
  wrapperTimeout: 'the document of an ad tag URI could not be had in time, or not at all.',
  wrapperLimit: 'there are more wrappers than the player follows.',
  noAd: 'the wrappers led to no ad.',
  inLineTimeout: 'the InLine was not shown within its time limit.',
  linear: 'the linear ad could not be shown.',
  mediaNotFound: 'a media file was not found at its URL.',
  mediaTimeout: 'a media file did not come in time.',
  mediaNotSupported: 'no media file is one that the player can play.',
  mediaDisplay: 'the media file could not be shown: it is not what it says it is.',
  mezzanineRequired: 'a mezzanine file is needed and there is none.',
  mezzanineDownloading: 'the mezzanine file is still being fetched, so the ad was not shown.',
  conditionalRejected: 'the conditional ad was refused.',
  interactiveNotExecuted: 'the interactive unit was not run.',
  verificationNotExecuted: 'the verification unit was not run.',
  mezzanineInsufficient: 'the mezzanine file is not of the quality that is needed.',
  nonLinear: 'the nonlinear ad could not be shown.',
  nonLinearSize: 'the nonlinear ad does not fit.',
  nonLinearFetch: 'the resource of the nonlinear ad could not be fetched.',
  nonLinearNotSupported: 'the resource of the nonlinear ad is not of a supported type.',
  companion: 'a companion could not be shown.',
  companionSize: 'a companion does not fit.',
  companionRequired: 'a companion that must be shown could not be.',
  companionFetch: 'the resource of a companion could not be fetched.',
  companionNotSupported: 'the resource of a companion is not of a supported type.',
  undefined: 'an error that has no code of its own.',
  vpaid: 'a VPAID unit failed.',
  interactive: 'an interactive creative file failed.',
};

const BY_CODE = new Map(Object.entries(ERROR_CODES).map(([name, code]) => [code, name as keyof typeof ERROR_CODES]));

/** What a VAST error code says [VAST 4.3, 2.3.6.3], as the rest of a sentence. */
export function explainCode(code: VastErrorCode): string {
  return EXPLANATIONS[BY_CODE.get(code)!];
}
