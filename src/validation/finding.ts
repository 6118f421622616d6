import type { VastErrorCode } from '../vast/error-code.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Something that a person should know about a document, a chain or a creative, and where it stands. */
export type Finding = {
  /** `topic/name`, stable once released. */
  readonly rule: string;
  readonly severity: Severity;
  readonly vastError: VastErrorCode | null;
  /** OpenRTB loss reason [OpenRTB 2.6, list Loss Reason Codes]. */
  readonly lossReason: number | null;
  /** Position in the result's `hops`; null where the finding is about the whole chain. */
  readonly hop: number | null;
  /** The element's path, as `Location` has it; null where it is not about an element. */
  readonly path: string | null;
  /** Line in the source of that hop, 1 for the first. */
  readonly line: number | null;
  /** What was found, in one sentence. */
  readonly message: string;
  /** Where the rule comes from, such as `VAST 4.3, 3.4.1`. */
  readonly spec: string | null;
};

/** Messages quote what strangers wrote, which may be half a megabyte. */
const MAX_MESSAGE = 500;

export function shorten(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE - 1).toWellFormed()}…`;
}

/** `a, b, c`, for messages; long lists are cut. */
export function listOf(values: readonly (string | number)[]): string {
  const MOST = 8;
  return values.length <= MOST
    ? values.join(', ')
    : `${values.slice(0, MOST).join(', ')} and ${values.length - MOST} more`;
}
