import './throw-on-old-node.ts';
import { completeSettings, type Settings } from './config.ts';
import { Deadline } from './deadline.ts';
import type { UnwrapReport, VmapReport } from './http/answer-schema.ts';
import type { UnwrapBody } from './http/schema.ts';
import { unwrapReport } from './http/unwrap-report.ts';
import { readUnwrapRequest } from './http/unwrap-request.ts';
import { vmapReport } from './http/vmap-route.ts';
import { createEngine } from './engine.ts';
import { untraced } from './unwrap/ports.ts';
import { unwrapVmap } from './unwrap/unwrap-vmap.ts';

export { type Settings, SettingsError } from './config.ts';
export type { UnwrapReport, VmapReport } from './http/answer-schema.ts';
export { type FieldError, RequestError } from './http/problem.ts';
export type { UnwrapBody } from './http/schema.ts';

export type Unwrapper = {
  /**
   * Unwraps one tag or document: takes the JSON body of `POST /v1/unwrap` and gives its JSON answer, trackers included.
   * Settles within `tmax` (ms, `TMAX_DEFAULT_MS` by default); every failure of a chain is a `status`.
   * @throws RequestError with every wrong field
   */
  readonly unwrap: (body: UnwrapBody) => Promise<UnwrapReport>;
  /**
   * Unwraps every ad break of a VMAP document, given as `adm` or by its `url`, under one deadline: the JSON answer of
   * `POST /v1/vmap`.
   * @throws RequestError with every wrong field
   */
  readonly unwrapVmap: (body: UnwrapBody) => Promise<VmapReport>;
  /** Ends all connections and timers, so that the process can end. */
  readonly close: () => void;
};

/**
 * Unwrapping inside another program: the same engine as the service, without its listeners.
 *
 *     const { unwrap, close } = createUnwrap({ TMAX_DEFAULT_MS: 200 });
 *     const { status, adm } = await unwrap({ url: 'https://ads.example/vast' });
 *
 * @param settings those of the service, each with its default; environment variables are not read
 * @throws SettingsError with every setting that is wrong or unknown
 */
export function createUnwrap(settings: Partial<Settings> = {}): Unwrapper {
  const complete = completeSettings(settings);
  const engine = createEngine(complete);
  const begin = (body: UnwrapBody) => {
    const startedAt = performance.now();
    const { request, tmaxMs, firesErrors } = readUnwrapRequest({ json: body }, complete);
    const deadline = Deadline.after(tmaxMs, undefined, startedAt);
    return { request, deadline, firesErrors, context: { startedAt, traceId: null, trackers: true } };
  };
  return {
    unwrap: async (body) => {
      const { request, deadline, firesErrors, context } = begin(body);
      const result = await engine.unwrap(request, deadline, untraced);
      deadline.cancel();
      if (firesErrors) engine.fireErrors(result.errorUrls);
      return unwrapReport(result, context);
    },
    unwrapVmap: async (body) => {
      const { request, deadline, firesErrors, context } = begin(body);
      const outcome = (await unwrapVmap(request, deadline, engine.unwrap, untraced))!;
      deadline.cancel();
      if (firesErrors) engine.fireErrors(outcome.breaks.flatMap(({ result }) => result?.errorUrls ?? []));
      return vmapReport(outcome, context);
    },
    close: engine.close,
  };
}
