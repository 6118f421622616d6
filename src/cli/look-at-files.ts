import { readSettings } from '../config.ts';
import { Deadline } from '../deadline.ts';
import { createEngine } from '../engine.ts';
import { untraced } from '../unwrap/ports.ts';
import { filesToProbe } from '../unwrap/files-to-probe.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { Subject } from '../validation/subject.ts';
import { UsageError } from './input.ts';

/** Nobody is asked twice, so a look after the end of the run would be in vain. */
const MODES = ['off', 'wait'] as const;

/** @throws UsageError for what `--probe` cannot be */
export function probeMode(word = 'off'): (typeof MODES)[number] {
  const mode = MODES.find((each) => each === word);
  if (mode === undefined) throw new UsageError(`--probe must be one of ${MODES.join(', ')}`);
  return mode;
}

/** A person waits. */
const LOOK_MS = 10_000;

/** Looks at the media files of the ads, as the service does; what does not answer in time is late. */
export async function lookAtFiles(
  { settled, imp }: Subject,
  allow: readonly string[],
): Promise<readonly MediaVerdict[]> {
  const urls = filesToProbe(settled, imp);
  const engine = createEngine(readSettings({ EGRESS_ALLOW: allow.join(',') }));
  const deadline = Deadline.after(LOOK_MS);
  try {
    return await engine.probe(urls, 'wait', deadline, untraced);
  } finally {
    deadline.cancel();
    engine.close();
  }
}
