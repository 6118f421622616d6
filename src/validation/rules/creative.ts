import type { CreativeLook, DriftKind } from '../../creative/creative-look.ts';
import { LOSS_REASONS } from '../../openrtb/loss-reason.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import { defineRules } from '../define-rules.ts';

/** What a look says of each kind. */
const SAYS: Readonly<Record<DriftKind, (look: CreativeLook) => string>> = {
  media: ({ id, media }) => `media ${id ?? media[0] ?? 'unknown'}`,
  duration: ({ durationSec }) => `duration ${durationSec} s`,
  advertiser: ({ advertiser }) => `advertiser ${advertiser}`,
  landing: ({ landing }) => `landing domain ${landing}`,
};

/** Is a creative what it was when it was first seen? */
export const CREATIVE_RULES = defineRules({ looksAt: 'ad' }, [
  {
    id: 'creative/drift',
    severity: 'warning',
    vastError: ERROR_CODES.trafficking,
    lossReason: LOSS_REASONS.creativeFiltered,
    rejects: true,
    title: 'The creative came with something else than when it was first seen',
    why: 'Who approves creatives by their id has approved another one: so bad ads come past a review.',
    fix: 'Give another creative another id, and have it approved.',
    spec: 'OpenRTB 2.6, 4.2.3',
    check: ({ subject: { drift }, body }) => {
      if (drift === null) return [];
      const { kinds, first, now } = drift;
      return kinds.map((kind) => ({ element: body, message: `${SAYS[kind](now)}; at first ${SAYS[kind](first)}` }));
    },
  },
]);
