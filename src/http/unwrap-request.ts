import type { z } from 'zod';
import { createRepeatedText } from '../repeated-text.ts';
import type { UnwrapOptions, UnwrapRequest } from '../unwrap/request.ts';
import type { DecodingNote } from '../vast/decode.ts';
import { fieldName, RequestError } from './problem.ts';
import type { RequestContext } from './request-trace.ts';
import { OptionsSchema, type UnwrapBody, UnwrapBodySchema, UnwrapQuerySchema, UrlQuerySchema } from './schema.ts';
import { unknownFields } from './unknown-fields.ts';

/** What callers may ask for, and what they get who do not ask. Names are those of the settings. */
export type UnwrapLimits = {
  readonly TMAX_DEFAULT_MS: number;
  readonly TMAX_MAX_MS: number;
  readonly MAX_WRAPPERS: number;
  readonly MAX_FETCHES: number;
  readonly PROBE_DEFAULT: UnwrapOptions['probe'];
  readonly REPAIR: boolean;
};

/** A request as it is carried out, and the ms that the caller gives for the whole of it. */
export type TimedRequest = {
  readonly request: UnwrapRequest;
  readonly tmaxMs: number;
  /** Are error URLs fired once the answer is out? */
  readonly firesErrors: boolean;
  /** Who asks. */
  readonly caller: RequestContext;
  /** What of it was not understood, in sentences. */
  readonly warnings: readonly string[];
};

/** What a request consists of, as far as it matters here: a JSON value, or a query with or without a document. */
export type RequestParts =
  | { readonly json: unknown; readonly warnings?: readonly string[] }
  | { readonly query: URLSearchParams }
  | { readonly query: URLSearchParams; readonly adm: string; readonly notes: readonly DecodingNote[] };

/**
 * The request that a caller meant, checked and complete.
 * @throws RequestError 400 with every wrong field
 */
export function readUnwrapRequest(parts: RequestParts, limits: UnwrapLimits): TimedRequest {
  const { body, warnings } = readFields(parts);
  const { fireErrors: firesErrors = false, ...options } = body.options ?? {};
  const { bidder = null, accountId = null, crid = null } = body.context ?? {};
  return {
    tmaxMs: tmaxOfTag(body.tmax, body.url ?? body.adm ?? '', limits),
    firesErrors,
    caller: { bidder, accountId },
    warnings: [...warnings, ...idleOptions(options)],
    request: {
      input:
        body.url === undefined
          ? { adm: body.adm ?? '', ...('notes' in parts && parts.notes.length > 0 && { notes: parts.notes }) }
          : { url: body.url },
      options: allowedOptions(options, limits),
      imp: body.imp ?? null,
      bid: body.bid ?? null,
      blocked: { cat: body.bcat ?? [], adv: body.badv ?? [] },
      device: body.device ?? null,
      regs: body.regs ?? null,
      user: body.user ?? null,
      site: body.site ?? null,
      app: body.app ?? null,
      source: body.source ?? null,
      macros: body.macros ?? {},
      creative: { bidder, crid },
    },
  };
}

/** The ms that a caller gets who asks for so many, or for none. */
export function allowedTmax(asked: number | undefined, limits: UnwrapLimits): number {
  return Math.min(limits.TMAX_MAX_MS, Math.max(1, asked ?? limits.TMAX_DEFAULT_MS));
}

/** `tmax=80` among the key-values of a tag, also where these are percent-encoded within a parameter. */
const TMAX_OF_TAG = /(?:[?&;]|%26|%3F|%3B)tmax(?:=|%3D)(\d{1,9})(?!\d)/i;

/** The ms for a tag whose caller may name none: then what the tag itself says, which never makes it longer. */
export function tmaxOfTag(asked: number | undefined, tag: string, limits: UnwrapLimits): number {
  const said = asked === undefined && /^\s*https?:\S+\s*$/i.test(tag) ? Number(TMAX_OF_TAG.exec(tag)?.[1] ?? 0) : 0;
  return said > 0 ? Math.min(said, allowedTmax(undefined, limits)) : allowedTmax(asked, limits);
}

/** The same by a query alone. A tmax that cannot be read counts as none here: it is refused with the other fields. */
export function tmaxOfQuery(query: URLSearchParams, limits: UnwrapLimits): number {
  const asked = valueIn(query, 'tmax');
  return allowedTmax(Number.isFinite(asked) ? (asked as number) : undefined, limits);
}

/** The ms that unwrapping may take in an auction of `tmax` of which some have gone: no more than without that word. */
export function tmaxOfAuction(tmax: number, goneMs: number, { TMAX_DEFAULT_MS }: UnwrapLimits): number {
  return Math.min(TMAX_DEFAULT_MS, Math.max(1, tmax - goneMs));
}

/** What a caller gets who asks for nothing. */
export function defaultOptions(limits: UnwrapLimits): UnwrapOptions {
  return {
    maxWrappers: limits.MAX_WRAPPERS,
    maxFetches: limits.MAX_FETCHES,
    onTimeout: 'none',
    probe: limits.PROBE_DEFAULT,
    dedupe: 'none',
    errors303: 'chain',
    errors3: 'all',
    repair: limits.REPAIR,
  };
}

/** What a caller gets who asks for these: never more wrappers than the operator allows. */
export function allowedOptions(asked: Partial<UnwrapOptions> = {}, limits: UnwrapLimits): UnwrapOptions {
  const options = { ...defaultOptions(limits), ...asked };
  return { ...options, maxWrappers: Math.min(options.maxWrappers, limits.MAX_WRAPPERS) };
}

type Fields = { readonly body: UnwrapBody; readonly warnings: readonly string[] };

function readFields(parts: RequestParts): Fields {
  if ('json' in parts) return { body: checked(UnwrapBodySchema, parts.json), warnings: warningsOfJson(parts) };
  const { query } = parts;
  if ('adm' in parts) {
    const { options, warnings } = readOptions(query);
    return { body: { adm: parts.adm, ...options }, warnings };
  }
  const url = valueIn(query, 'url');
  // what is wrong with it is told beside all other wrong fields
  if (typeof url !== 'string') checked(UrlQuerySchema, valuesOf(query, UrlQuerySchema));
  const { options, warnings } = readOptions(query.size === 1 ? NOTHING_ASKED : without(query, 'url'));
  return { body: { url: url as string, ...options }, warnings };
}

function warningsOfJson({ json, warnings = [] }: Extract<RequestParts, { json: unknown }>): readonly string[] {
  return [
    ...warnings,
    ...unknownFields(json, BODY_FIELDS),
    ...unknownFields((json as UnwrapBody).options, OPTIONS_FIELDS, 'options'),
  ];
}

const BODY_FIELDS = Object.keys(UnwrapBodySchema.shape);
const OPTIONS_FIELDS = Object.keys(OptionsSchema.shape);
/** What `include` and `format` say is read where the answer is written. */
const QUERY_FIELDS = [...Object.keys(UnwrapQuerySchema.shape), 'include', 'format'];

const NOTHING_ASKED = new URLSearchParams();

type QueryOptions = { readonly options: Pick<UnwrapBody, 'tmax' | 'options'>; readonly warnings: readonly string[] };
const readBefore = createRepeatedText<QueryOptions>();

/** What a query says beside the tag. */
function readOptions(query: URLSearchParams): QueryOptions {
  return readBefore(query.toString(), () => {
    const { tmax, ...options } = checked(UnwrapQuerySchema, valuesOf(query, UnwrapQuerySchema));
    return {
      options: { options, ...(tmax !== undefined && { tmax }) },
      warnings: unknownFields(Object.fromEntries(query), QUERY_FIELDS),
    };
  });
}

function without(query: URLSearchParams, name: string): URLSearchParams {
  return new URLSearchParams([...query].filter(([each]) => each !== name));
}

function idleOptions({ project, profile }: Partial<UnwrapOptions> = {}): readonly string[] {
  return project === true && profile === undefined ? ['project does nothing without profile'] : [];
}

/** How a query writes what is no text. What cannot be read stays a text, so that the schema refuses it by its name. */
const QUERY_VALUES: Readonly<Record<string, (written: string) => unknown>> = {
  tmax: (written) => (/^[+-]?\d+(\.\d*)?$/.test(written) ? Number(written) : written),
  maxWrappers: (written) => (/^\d+$/.test(written) ? Number(written) : written),
  fireErrors: readFlag,
  repair: readFlag,
  project: readFlag,
  profile: readProfile,
};

/** A name, or an object as JSON. */
function readProfile(written: string): unknown {
  if (!written.trimStart().startsWith('{')) return written;
  try {
    return JSON.parse(written) as unknown;
  } catch {
    return written;
  }
}

function readFlag(written: string): unknown {
  return { true: true, '1': true, false: false, '0': false }[written.toLowerCase()] ?? written;
}

function valuesOf(query: URLSearchParams, schema: z.ZodObject): Record<string, unknown> {
  const names = Object.keys(schema.shape).filter((name) => query.has(name));
  return Object.fromEntries(names.map((name) => [name, valueIn(query, name)]));
}

/** The value of a parameter; all of them where it stands there more than once, undefined where it does not. */
function valueIn(query: URLSearchParams, name: string): unknown {
  const [first, ...more] = query.getAll(name);
  if (first === undefined) return undefined;
  return more.length > 0 ? [first, ...more] : (QUERY_VALUES[name]?.(first) ?? first);
}

/**
 * A value that a schema accepts.
 * @throws RequestError 400 with every wrong field
 */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: fieldName(path), message }));
  throw new RequestError('bad-field', `Correct ${errors.map(({ field }) => field).join(', ')}.`, { errors });
}
