import { readSettings } from '../config.ts';
import { Deadline } from '../deadline.ts';
import { FORMATS, type FindingsFormat, formatFindings } from '../debug/format-findings.ts';
import { createEgress } from '../egress/egress.ts';
import { ValidateBodySchema } from '../http/schema.ts';
import { checked } from '../http/unwrap-request.ts';
import { VERSION } from '../version.ts';
import type { Severity } from '../validation/finding.ts';
import { parseSeverities, type Severities } from '../validation/severities.ts';
import { subjectOfText } from '../validation/subject.ts';
import { validate } from '../validation/validate.ts';
import { decodeBytes, type DecodingNote } from '../vast/decode.ts';
import { fillMacros } from '../vast/macros.ts';
import { type CliStreams, isUrl, onlyTarget, readArgs, readBytes, readJson, readInput, UsageError } from './input.ts';
import { lookAtFiles, probeMode } from './look-at-files.ts';

/** A person waits, and one document only is fetched. */
const FETCH_MS = 10_000;

const OPTIONS = {
  format: { type: 'string' },
  'fail-on': { type: 'string' },
  rules: { type: 'string' },
  imp: { type: 'string' },
  allow: { type: 'string', multiple: true },
  probe: { type: 'string' },
} as const;

/** What makes a document fail, by what `--fail-on` says. */
const FAIL_ON: Readonly<Record<string, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
};

/**
 * `vast-unwrap validate`: holds one document against all rules, with `--probe wait` also its media files, and follows no
 * wrapper. Returns 0 where nothing was found that `--fail-on` names, else 1.
 * @throws UsageError, SettingsError or RequestError for the caller's mistakes
 */
export async function validateCommand(args: readonly string[], { stdin, stdout }: CliStreams): Promise<number> {
  const { values, positionals } = readArgs(args, OPTIONS);
  const target = onlyTarget(positionals, 'validate');
  const { format = 'text', 'fail-on': failOn = 'error', allow = [] } = values;
  const probe = probeMode(values.probe);
  const failing = FAIL_ON[failOn];
  if (failing === undefined) throw new UsageError('--fail-on must be one of error, warning');
  if (!isFormat(format)) throw new UsageError(`--format must be one of ${FORMATS.join(', ')}`);

  const severities = values.rules === undefined ? {} : await readSeverities(values.rules);
  const given = values.imp === undefined ? {} : { imp: await readJson(values.imp) };
  const received = isUrl(target)
    ? await fetchDocument(target, allow)
    : { bytes: await readInput(target, stdin), contentType: null };
  const { text, notes } = decodeBytes(received.bytes, received.contentType);
  const { adm, imp } = checked(ValidateBodySchema, { adm: text, ...given });
  const subject = subjectOfText(adm, { imp: imp ?? null }, [...(received.notes ?? []), ...notes]);
  const media = probe === 'off' ? null : await lookAtFiles(subject, allow);
  const findings = validate({ ...subject, media: media ?? [] }, { severities });
  stdout.write(formatFindings(findings, format, { target, version: VERSION, media }));
  return findings.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
}

const isFormat = (word: string): word is FindingsFormat => FORMATS.some((format) => format === word);

async function readSeverities(file: string): Promise<Severities> {
  const parsed = parseSeverities((await readBytes(file)).toString());
  if (!parsed.ok) throw new UsageError(parsed.mistakes.map((mistake) => `${file}: ${mistake}`).join('\n  '));
  return parsed.severities;
}

type FetchedDocument = {
  readonly bytes: Buffer;
  readonly contentType: string | null;
  readonly notes?: readonly DecodingNote[] | undefined;
};

/** One document of an ad server, asked for through the egress guard, with macros of which nothing is known. */
async function fetchDocument(uri: string, allow: readonly string[]): Promise<FetchedDocument> {
  const settings = readSettings({ EGRESS_ALLOW: allow.join(',') });
  const egress = createEgress({
    allow: settings.EGRESS_ALLOW,
    ports: settings.EGRESS_PORTS,
    client: settings.EGRESS_CLIENT,
    maxDocumentBytes: settings.MAX_DOCUMENT_BYTES,
    userAgent: `vast-unwrap/${VERSION}`,
  });
  const deadline = Deadline.after(FETCH_MS);
  try {
    const url = fillMacros(uri, new Map()).uri;
    const request = { url, target: URL.parse(url), uri, headers: {}, personal: { url: false, headers: false } };
    const { outcome } = await egress.fetchVast(request, deadline);
    if (!outcome.ok) throw new UsageError(`cannot fetch ${uri}: ${outcome.failure.message}`);
    const contentType = outcome.headers['content-type'];
    return {
      bytes: outcome.body,
      contentType: typeof contentType === 'string' ? contentType : null,
      notes: outcome.notes,
    };
  } finally {
    deadline.cancel();
    egress.close();
  }
}
