import type { ParameterizedContext } from 'koa';
import type { Finding } from '../validation/finding.ts';
import type { ValidationSettings } from '../validation/report.ts';
import { subjectOfText } from '../validation/subject.ts';
import { validate } from '../validation/validate.ts';
import { canAnswer } from './canned-answer.ts';
import type { NoBid } from './route.ts';
import { takeIn } from './intake.ts';
import { startDeadline } from './request-deadline.ts';
import type { RequestState } from './request-trace.ts';
import { ValidateBodySchema } from './schema.ts';
import { unknownFields } from './unknown-fields.ts';
import { checked, type RequestParts } from './unwrap-request.ts';

/** What the validate route needs. */
export type ValidateRouteDeps = {
  readonly limits: { readonly MAX_BODY_BYTES: number; readonly TMAX_MAX_MS: number };
  /** What to make of single rules. */
  readonly validation: ValidationSettings;
};

/** `POST /v1/validate`: a document is held against all rules, and against `imp` where there is one. Nothing is fetched. */
export function validateRoute({ limits, validation }: ValidateRouteDeps) {
  return async (ctx: ParameterizedContext<RequestState>): Promise<void> => {
    const deadline = startDeadline(ctx, limits.TMAX_MAX_MS);
    const intake = await takeIn(ctx, limits.MAX_BODY_BYTES, deadline);
    if ('early' in intake) {
      if (intake.early === 'timeout') ctx.status = 204;
      return;
    }
    if (!(await ctx.state.enter(deadline, 1))) return;
    const { parts } = intake;
    const findings = findingsOf(parts, validation);
    const warnings =
      'json' in parts
        ? [...(parts.warnings ?? []), ...unknownFields(parts.json, Object.keys(ValidateBodySchema.shape))]
        : [];
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { findings, ...(warnings.length > 0 && { warnings }) };
  };
}

/** Nothing was looked at, so there is nothing to say. */
export const shedValidation: NoBid = () => SHED;

const SHED = canAnswer(204);

function findingsOf(parts: RequestParts, validation: ValidationSettings): readonly Finding[] {
  const given = 'adm' in parts ? { adm: parts.adm } : 'json' in parts ? parts.json : {};
  const { adm, imp, bid, bcat, badv, device } = checked(ValidateBodySchema, given);
  const known = {
    imp: imp ?? null,
    bid: bid ?? null,
    deviceType: device?.devicetype ?? null,
    blockedCategories: bcat ?? [],
    blockedAdvertisers: badv ?? [],
  };
  const subject = subjectOfText(adm, known, 'notes' in parts ? parts.notes : []);
  return validate(subject, validation);
}
