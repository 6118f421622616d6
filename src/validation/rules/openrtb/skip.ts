import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import type { VideoImp } from '../../../openrtb/objects.ts';
import { offsetSeconds, parseOffset } from '../../../vast/time.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import type { AdRule } from '../../rule.ts';

/** A check of a Linear that can be skipped: when, in s (null where that is not known). */
const ofSkippable = (
  check: (skipSec: number | null, slot: VideoImp, ad: AdSubject) => string | null,
): AdRule['check'] =>
  atAd((ad) => {
    const linear = ad.linears.find(({ attributes }) => attributes.has('skipoffset'));
    if (linear === undefined || ad.slot === null) return null;
    const offset = parseOffset(linear.attributes.get('skipoffset')!);
    const message = check(offset === null ? null : offsetSeconds(offset, ad.durationSec), ad.slot, ad);
    return message === null ? null : { element: linear, message };
  });

/** May the ad be skipped, and when? */
export const OPENRTB_SKIP_RULES = defineRules(
  { looksAt: 'ad', against: 'imp', severity: 'warning', spec: 'OpenRTB 2.6, 3.2.7' },
  [
    {
      id: 'openrtb/skip',
      lossReason: LOSS_REASONS.attributeExcluded,
      title: 'The ad can be skipped and the player does not allow it',
      why: 'The buyer pays for a skippable spot and gets another one.',
      fix: 'Leave skipoffset out where imp.video.skip is 0.',
      check: ofSkippable((_, { skip }) => (skip === 0 ? 'the Linear has a skipoffset, imp.video.skip is 0' : null)),
    },
    {
      id: 'openrtb/skipmin',
      title: 'The ad can be skipped though it is too short for that',
      why: 'The publisher lets viewers skip longer ads only.',
      fix: 'Leave skipoffset out of ads that last no longer than skipmin.',
      check: ofSkippable((_, { skip, skipmin }, { durationSec }) =>
        skip !== 0 && skipmin !== undefined && durationSec !== null && durationSec <= skipmin
          ? `the ad lasts ${durationSec} s, only ads over ${skipmin} s may be skipped`
          : null,
      ),
    },
    {
      id: 'openrtb/skipafter',
      title: 'The ad can be skipped earlier than the publisher allows',
      why: 'Publishers disregard such a skipoffset, or the whole ad.',
      fix: 'Set skipoffset to skipafter or later.',
      check: ofSkippable((skipSec, { skip, skipafter }) =>
        skip !== 0 && skipafter !== undefined && skipSec !== null && skipSec < skipafter
          ? `it can be skipped after ${skipSec} s, the imp allows that after ${skipafter} s`
          : null,
      ),
    },
  ],
);
