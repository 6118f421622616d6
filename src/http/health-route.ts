import type { Middleware } from 'koa';

/** `GET /ping`: keeps a connection warm, and does nothing. */
export const ping: Middleware = (ctx) => {
  ctx.status = 204;
};

/** `GET /livez`: the process runs. */
export const livez: Middleware = (ctx) => {
  ctx.body = 'ok';
};

/** Something that a process knows of its own state. */
export type HealthCheck = {
  /** What is so where all is well, such as `the public port is open`. */
  readonly name: string;
  readonly isOk: boolean;
  /** Is the process not ready without it? */
  readonly isNeeded: boolean;
  /** What is known of it beside. */
  readonly note?: string;
};

/**
 * `GET /readyz`: 503 while draining, and when nothing could be let in for seconds. With `?verbose` a line for each check:
 * `[+]` what is well, `[-]` what is not, and whether requests are served all the same.
 */
export function readyz(checks: () => readonly HealthCheck[]): Middleware {
  return (ctx) => {
    const all = checks();
    const isReady = all.every(({ isOk, isNeeded }) => isOk || !isNeeded);
    const verdict = isReady ? 'ready' : 'not ready';
    ctx.status = isReady ? 200 : 503;
    ctx.body = 'verbose' in ctx.query ? [...all.map(lineOf), verdict, ''].join('\n') : verdict;
  };
}

function lineOf({ name, isOk, isNeeded, note }: HealthCheck): string {
  const unneeded = isOk || isNeeded ? '' : ' (requests are served without it)';
  return `[${isOk ? '+' : '-'}] ${name}${note === undefined ? '' : `: ${note}`}${unneeded}`;
}
