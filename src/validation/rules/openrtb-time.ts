import { LOSS_REASONS } from '../../openrtb/loss-reason.ts';
import type { VideoImp } from '../../openrtb/objects.ts';
import { adDurationOf } from '../../vast/ad-media.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import { offsetSeconds, parseOffset } from '../../vast/time.ts';
import type { AdSubject } from '../ad-subject.ts';
import type { AdRule, ChainRule, Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { atAd, listOf } from '../slot-check.ts';

/** Encoders round to frames: so much more or less is the same duration, in s. */
const TOLERANCE_SEC = 0.5;

/**
 * A check of the Duration of the ad. A slot that takes no pod is filled by one as a whole: what it asks for is
 * asked of the sum.
 */
const ofDuration = (check: (durationSec: number, ad: AdSubject) => string | null): AdRule['check'] =>
  atAd((ad) => {
    const isPart = podOf(ad.subject).length > 1 && !takesPods(ad.slot);
    const message = ad.durationSec === null || isPart ? null : check(ad.durationSec, ad);
    return message === null ? null : { element: ad.durationElement!, message };
  });

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

const duration = {
  severity: 'error',
  vastError: ERROR_CODES.duration,
  lossReason: LOSS_REASONS.creativeFiltered,
  rejects: true,
} as const;

/** Does the ad last as long as the imp allows, and may it be skipped? */
export const OPENRTB_TIME_RULES: readonly Rule[] = [
  {
    id: 'openrtb/minduration',
    looksAt: 'ad',
    against: 'imp',
    ...duration,
    title: 'The ad is shorter than the imp allows',
    why: 'The break would have a hole.',
    fix: 'Bid with a film of at least minduration.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: ofDuration((seconds, { slot }) =>
      slot?.minduration !== undefined && seconds < slot.minduration - TOLERANCE_SEC
        ? `Duration is ${seconds} s, the imp wants at least ${slot.minduration} s`
        : null,
    ),
  },
  {
    id: 'openrtb/maxduration',
    looksAt: 'ad',
    against: 'imp',
    ...duration,
    title: 'The ad is longer than the imp allows',
    why: 'The player cuts it off or refuses it with error 202.',
    fix: 'Bid with a film of at most maxduration.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: ofDuration((seconds, { slot }) =>
      slot?.maxduration !== undefined && seconds > slot.maxduration + TOLERANCE_SEC
        ? `Duration is ${seconds} s, the imp allows ${slot.maxduration} s`
        : null,
    ),
  },
  {
    id: 'openrtb/rqddurs',
    looksAt: 'ad',
    against: 'imp',
    ...duration,
    title: 'The ad lasts none of the exact times that the imp asks for',
    why: 'Live breaks are filled to the second.',
    fix: 'Bid with a film of one of the durations in rqddurs.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: ofDuration((seconds, { slot }) => {
      const wanted = slot?.rqddurs ?? [];
      return wanted.length === 0 || wanted.some((each) => Math.abs(each - seconds) <= TOLERANCE_SEC)
        ? null
        : `Duration is ${seconds} s, the imp wants exactly ${listOf(wanted)} s`;
    }),
  },
  {
    id: 'openrtb/poddur',
    looksAt: 'chain',
    ...duration,
    title: 'The pod is longer than the break',
    why: 'The last ads would run into the content, so the player drops them.',
    fix: 'Fill at most poddur seconds.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: (subject) => {
      const most = podSlot(subject)?.poddur;
      const time = podTime(subject);
      return most === undefined || time === null || time.seconds <= most + TOLERANCE_SEC
        ? []
        : [
            {
              hop: subject.settled[0]!.hop,
              message: `the ads of the pod last ${time.seconds} s, the imp has ${most} s`,
            },
          ];
    },
  } satisfies ChainRule,
  {
    id: 'openrtb/pod-in-slot',
    looksAt: 'chain',
    ...duration,
    title: 'A pod does not fit into a slot that takes a single ad',
    why: 'The imp has room for one ad: what runs over is cut off, or the whole pod is refused with error 202.',
    fix: 'Answer with one ad, or with ads that last no longer together than the imp allows.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: (subject) => {
      const slot = podSlot(subject);
      const time = podTime(subject);
      if (slot === undefined || takesPods(slot) || time === null) return [];
      const message = misfitOf(time, slot);
      return message === null
        ? []
        : [{ hop: subject.settled[0]!.hop, message: `the ads of the pod last ${time.seconds} s, ${message}` }];
    },
  } satisfies ChainRule,
  {
    id: 'openrtb/maxseq',
    looksAt: 'chain',
    ...duration,
    title: 'The pod has more ads than the imp allows',
    why: 'Every ad beyond is dropped by the player, and counted by nobody.',
    fix: 'Send at most maxseq ads.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: (subject) => {
      const most = podSlot(subject)?.maxseq;
      const slots = podOf(subject);
      return most === undefined || slots.length < 2 || slots.length <= most
        ? []
        : [{ hop: slots[0]!.hop, message: `the pod has ${slots.length} ads, the imp allows ${most}` }];
    },
  } satisfies ChainRule,
  {
    id: 'openrtb/skip',
    looksAt: 'ad',
    against: 'imp',
    severity: 'warning',
    lossReason: LOSS_REASONS.attributeExcluded,
    title: 'The ad can be skipped and the player does not allow it',
    why: 'The buyer pays for a skippable spot and gets another one.',
    fix: 'Leave skipoffset out where imp.video.skip is 0.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: ofSkippable((_, { skip }) => (skip === 0 ? 'the Linear has a skipoffset, imp.video.skip is 0' : null)),
  },
  {
    id: 'openrtb/skipmin',
    looksAt: 'ad',
    against: 'imp',
    severity: 'warning',
    title: 'The ad can be skipped though it is too short for that',
    why: 'The publisher lets viewers skip longer ads only.',
    fix: 'Leave skipoffset out of ads that last no longer than skipmin.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: ofSkippable((_, { skip, skipmin }, { durationSec }) =>
      skip !== 0 && skipmin !== undefined && durationSec !== null && durationSec <= skipmin
        ? `the ad lasts ${durationSec} s, only ads over ${skipmin} s may be skipped`
        : null,
    ),
  },
  {
    id: 'openrtb/skipafter',
    looksAt: 'ad',
    against: 'imp',
    severity: 'warning',
    title: 'The ad can be skipped earlier than the publisher allows',
    why: 'Publishers disregard such a skipoffset, or the whole ad.',
    fix: 'Set skipoffset to skipafter or later.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: ofSkippable((skipSec, { skip, skipafter }) =>
      skip !== 0 && skipafter !== undefined && skipSec !== null && skipSec < skipafter
        ? `it can be skipped after ${skipSec} s, the imp allows that after ${skipafter} s`
        : null,
    ),
  },
];

type Pods = Pick<Subject, 'settled' | 'pod' | 'imp'>;

const podOf = ({ settled, pod }: Pods): Subject['settled'] =>
  pod ? settled : settled.filter(({ inline }) => inline.sequence !== null);

const podSlot = ({ imp }: Pods): VideoImp | undefined => imp?.video ?? imp?.audio;

/** Does the imp ask for more than one ad? */
const takesPods = (slot: VideoImp | null | undefined): boolean =>
  slot?.poddur !== undefined || (slot?.maxseq !== undefined && slot.maxseq !== 1);

/** How long the ads of a pod last together, in s, and whether that is known of all of them; null where there is no pod. */
function podTime(subject: Pods): { readonly seconds: number; readonly isWhole: boolean } | null {
  const slots = podOf(subject);
  if (slots.length < 2) return null;
  const known = slots.flatMap(({ inline }) => adDurationOf(inline.body)?.seconds ?? []);
  return { seconds: known.reduce((total, each) => total + each, 0), isWhole: known.length === slots.length };
}

/** What an imp says against a pod as a whole; null for nothing. */
function misfitOf(time: { seconds: number; isWhole: boolean }, slot: VideoImp): string | null {
  const { seconds, isWhole } = time;
  const { minduration, maxduration, rqddurs = [] } = slot;
  if (maxduration !== undefined && seconds > maxduration + TOLERANCE_SEC) return `the imp allows ${maxduration} s`;
  if (!isWhole) return null;
  if (minduration !== undefined && seconds < minduration - TOLERANCE_SEC) return `the imp wants ${minduration} s`;
  return rqddurs.length === 0 || rqddurs.some((each) => Math.abs(each - seconds) <= TOLERANCE_SEC)
    ? null
    : `the imp wants exactly ${listOf(rqddurs)} s`;
}
