import type { MediaVerdict, Rendition } from './media-verdict.ts';
import type { FileSubject, MediaRule } from './rule.ts';

/** A check of a file that could be read. */
export const ofFile =
  (check: (verdict: MediaVerdict, file: FileSubject) => string | null): MediaRule['check'] =>
  (file) =>
    file.verdict.outcome === 'read' ? check(file.verdict, file) : null;

/** A check of an HLS or DASH manifest that could be read. */
export const ofManifest = (
  check: (renditions: readonly Rendition[], file: FileSubject) => string | null,
): MediaRule['check'] => ofFile(({ renditions }, file) => (renditions === null ? null : check(renditions, file)));
