import { FIELDS, PRESETS, type DebugForm } from '../debug/debug-form.ts';
import { readPasted } from '../debug/pasted.ts';
import { SAMPLE_TAGS } from '../debug/sample-tags.ts';
import { RequestError } from './problem.ts';
import { parseJson, readUnwrapRequest, type TimedRequest, type UnwrapLimits } from './unwrap-request.ts';

/** What the debug page asks for: a request like any other, and what was undone to the tag. */
export type TimedDebugRequest = TimedRequest & { readonly undone: readonly string[] };

/** The fields as they came, the others as they are in `empty`; a sample fills in its tag and what it is held against. */
export function readDebugForm(fields: URLSearchParams, empty: DebugForm): DebugForm {
  const sample = SAMPLE_TAGS.find(({ id }) => id === fields.get('sample'));
  if (sample !== undefined) return { ...empty, tag: sample.tag, preset: 'instream' };
  const sent = FIELDS.map((name) => [name, fields.get(name) ?? empty[name]] as const);
  return Object.fromEntries(sent) as DebugForm;
}

/**
 * The request that a form asks for, by the same schema as that of other callers.
 * @throws RequestError 400 with what is wrong
 */
export function readDebugRequest(
  form: DebugForm,
  limits: UnwrapLimits & { readonly DEBUG_TMAX_MS: number },
): TimedDebugRequest {
  const { input, bid, undone } = readPasted(form.tag);
  if ('adm' in input && input.adm === '') throw new RequestError('bad-field', 'Paste a tag first.');
  const imp = form.preset === 'own' ? readJson(form.imp) : (PRESETS[form.preset]?.imp ?? null);
  const json = {
    ...input,
    tmax: readNumber(form.tmax),
    ...(imp !== null && { imp }),
    ...(bid !== null && { bid }),
    ...((form.ua !== '' || form.ip !== '') && {
      device: {
        ...(form.ua !== '' && { ua: form.ua }),
        ...(form.ip !== '' && { [form.ip.includes(':') ? 'ipv6' : 'ip']: form.ip.trim() }),
      },
    }),
    ...(form.gdpr !== '' && { regs: { gdpr: Number(form.gdpr) } }),
    ...(form.consent !== '' && { user: { consent: form.consent } }),
    options: { maxWrappers: readNumber(form.maxWrappers), probe: form.probe },
  };
  const longest = { ...limits, TMAX_MAX_MS: limits.DEBUG_TMAX_MS };
  // as it would have come over the wire: null counts as absent
  const sent = parseJson(Buffer.from(JSON.stringify(json)));
  return { ...readUnwrapRequest({ json: sent }, longest), undone };
}

/** A whole number; anything else stays as it is, so that the schema refuses it by its name. */
const readNumber = (written: string): unknown => (/^\d+$/.test(written.trim()) ? Number(written) : written);

function readJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new RequestError('bad-field', 'Correct the imp: it is not JSON.');
  }
}
