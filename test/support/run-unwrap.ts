import { Deadline } from '../../src/deadline.ts';
import { type Ports, untraced } from '../../src/unwrap/ports.ts';
import type { UnwrapOptions } from '../../src/unwrap/request.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { unwrapRequest } from './unwrap-request.ts';

/** Unwraps a tag with a minute's time, so that only what is tested ends it. */
export async function runUnwrap(
  url: string,
  ports: Ports,
  options: Partial<UnwrapOptions> = {},
): Promise<UnwrapResult> {
  const deadline = Deadline.after(60_000);
  try {
    return await unwrap(unwrapRequest({ url }, { options }), deadline, ports, untraced);
  } finally {
    deadline.cancel();
  }
}
