import type { Api } from '../../debug/curl.ts';
import { redactFor, SHOW_ALL, type Redact } from '../../debug/redact.ts';
import type { DebugRun } from '../../debug/run.ts';

/** How a run is shown: to the one who ran it, or to whoever has its link. */
export type View = {
  /** Does the one look at it who ran it? */
  readonly isOwn: boolean;
  readonly redact: Redact;
  readonly api: Api;
};

/** How a run is shown to whoever looks at it. @param viewer who that is, as a digest; null where nobody knows */
export function viewOf({ owner, request }: DebugRun, viewer: string | null, api: Api): View {
  const isOwn = owner !== null && owner === viewer;
  return { isOwn, redact: isOwn ? SHOW_ALL : redactFor(request), api };
}
