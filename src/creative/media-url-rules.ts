import { HOST_PATTERN } from '../host-pattern.ts';
import { readRuleList } from '../rule-list.ts';

/** What in the URLs of a media host names the file, and what differs from request to request. */
export type MediaUrlRule = {
  /** A pattern, as `firstForHost` reads it. */
  readonly host: string;
  /** The name that stands for all hosts of the pattern; null where each stands for itself. */
  readonly as: string | null;
  /** Query parameters that name the file; null to go by what is known of others. */
  readonly query: readonly string[] | null;
  /** Segments of the path that are followed by what names the file, as in `/id/4b2b/itag/18`: where one is, that alone counts. */
  readonly after: readonly string[];
  /** The segment that the part of the path begins with which names the file; null for the whole. */
  readonly from: string | null;
  /** How segments of the path begin that differ from request to request. */
  readonly skip: readonly string[];
  /** No part of the URL names the file. */
  readonly opaque: boolean;
};

/** In the order in which they are asked: the first that matches counts. */
export type MediaUrlRules = readonly MediaUrlRule[];

const rule = (host: string, over: Partial<MediaUrlRule>): MediaUrlRule => ({
  host,
  as: null,
  query: null,
  after: [],
  from: null,
  skip: [],
  opaque: false,
  ...over,
});

/** Tokens of delivery networks, which stand before the path that they are for. */
const TOKENS = ['hdntl=', 'hdnts=', 'hdnea=', 'exp=', 'token=', '~'];

/** What is known of the media hosts of ad servers. */
export const MEDIA_URL_RULES: MediaUrlRules = [
  rule('*.googlevideo.com', { as: 'googlevideo.com', query: ['id'], after: ['id'] }),
  rule('*.gvt1.com', { as: 'googlevideo.com', query: ['id'], after: ['id'] }),
  rule('gcdn.2mdn.net', { as: 'googlevideo.com', query: ['id'], after: ['id'] }),
  rule('*.fbcdn.net', { as: 'fbcdn.net', query: [] }),
  rule('*.tiktokcdn.com', { as: 'tiktokcdn.com', query: [], from: 'video' }),
  rule('*.tiktokcdn-us.com', { as: 'tiktokcdn.com', query: [], from: 'video' }),
  rule('*', { skip: TOKENS }),
];

export type MediaUrlRulesResult =
  { readonly ok: true; readonly rules: MediaUrlRules } | { readonly ok: false; readonly mistakes: readonly string[] };

const EXAMPLE = '[{ "host": "*.cdn.example", "query": ["file"] }]';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const TEXTS = 'a list of texts';

const FIELDS: Readonly<Record<string, { readonly is: (value: unknown) => boolean; readonly must: string }>> = {
  host: {
    is: (value) => typeof value === 'string' && HOST_PATTERN.test(value.toLowerCase()),
    must: 'a host name without scheme or port, "*.name" or "*"',
  },
  as: { is: isText, must: 'a name' },
  query: { is: isTexts, must: TEXTS },
  after: { is: isTexts, must: TEXTS },
  from: { is: isText, must: 'a segment of the path' },
  skip: { is: isTexts, must: TEXTS },
  opaque: { is: (value) => typeof value === 'boolean', must: 'true or false' },
};

/**
 * Checks the text of a file of such rules, a JSON array: they come before those that are known. All mistakes are found
 * at once.
 */
export function parseMediaUrlRules(text: string): MediaUrlRulesResult {
  const list = readRuleList(text, EXAMPLE);
  if (!list.ok) return list;
  const mistakes = list.entries.flatMap((entry, index) => mistakesOf(entry, `rule ${index + 1}`));
  if (mistakes.length > 0) return { ok: false, mistakes };
  const rules = (list.entries as readonly (Partial<MediaUrlRule> & { host: string })[]).map((each) =>
    rule(each.host.toLowerCase(), { ...each, host: each.host.toLowerCase() }),
  );
  return { ok: true, rules: [...rules, ...MEDIA_URL_RULES] };
}

function mistakesOf(entry: unknown, where: string): readonly string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return [`${where} must be an object, such as ${EXAMPLE.slice(1, -1)}`];
  }
  return Object.entries({ host: undefined, ...entry }).flatMap(([name, value]) => {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field === undefined)
      return `${where}: "${name}" is not known: the fields are ${Object.keys(FIELDS).join(', ')}`;
    return field.is(value) ? [] : `${where}: "${name}" must be ${field.must}`;
  });
}
