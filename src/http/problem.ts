/** What can be wrong with a request, by a stable code. A caller may rely on code and status; the words may change. */
export const PROBLEMS = {
  'bad-json': { status: 400, title: 'The body is not JSON' },
  'bad-field': { status: 400, title: 'Fields of the request are wrong' },
  unauthorized: { status: 401, title: 'The admin token is missing or wrong' },
  'cross-site': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, title: 'The path does not take this method' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of a type that is not read here' },
  'unsupported-encoding': { status: 415, title: 'The body has a content coding that is not read here' },
  'too-many-requests': { status: 429, title: 'There were too many requests' },
  internal: { status: 500, title: 'The service failed' },
  overloaded: { status: 503, title: 'The service is overloaded' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** One wrong field: where it stands, such as `imp.video.mimes[0]`, and what is wrong with it. */
export type FieldError = { readonly field: string; readonly message: string };

/** `['imp', 'video', 'mimes', 0]` as `imp.video.mimes[0]`. */
export function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return name.replace(/^\./, '') || '(body)';
}

/** A problem as the caller gets it [RFC 9457]. */
export type Problem = {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** What to do about it. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** What to name when asking about it. */
  readonly traceId?: string;
};

/** The request cannot be served as it came. Thrown in `http/` and `admin/` only; `error-handler` makes the answer of it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  /** Response headers besides, such as Allow. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { readonly errors?: readonly FieldError[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

/** The body of an `application/problem+json` answer. */
export function problemOf(
  code: ProblemCode,
  detail: string,
  more: { readonly errors?: readonly FieldError[]; readonly traceId?: string | null } = {},
): Problem {
  const { status, title } = PROBLEMS[code];
  const errors = more.errors ?? [];
  return {
    type: 'about:blank',
    title,
    status,
    code,
    detail,
    ...(errors.length > 0 && { errors }),
    ...(more.traceId != null && { traceId: more.traceId }),
  };
}
