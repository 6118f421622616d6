import { LOSS_REASONS } from '../../openrtb/loss-reason.ts';
import type { VideoImp } from '../../openrtb/objects.ts';
import { durationOf, linearsOf } from '../../vast/creative.ts';
import { child, type Element } from '../../vast/element.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import { offsetSeconds, parseOffset } from '../../vast/time.ts';
import type { AdSubject } from '../ad-subject.ts';
import type { AdRule, ChainRule, Rule } from '../rule.ts';
import { atAd, listOf } from '../slot-check.ts';

/** Encoders round to frames: so much more or less is the same duration, in s. */
const TOLERANCE_SEC = 0.5;

const durationElement = ({ linears }: AdSubject): Element => child(linears[0]!, 'Duration') ?? linears[0]!;

/** A check of the Duration of the first Linear. */
const ofDuration = (check: (durationSec: number, ad: AdSubject) => string | null): AdRule['check'] =>
  atAd((ad) => {
    const message = ad.durationSec === null ? null : check(ad.durationSec, ad);
    return message === null ? null : { element: durationElement(ad), message };
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
      const slots = podOf(subject);
      const seconds = slots.flatMap(
        ({ inline }) =>
          linearsOf(inline.body)
            .map(durationOf)
            .find((each) => each !== null) ?? [],
      );
      const sum = seconds.reduce((total, each) => total + each, 0);
      return most === undefined || slots.length < 2 || sum <= most + TOLERANCE_SEC
        ? []
        : [{ hop: slots[0]!.hop, message: `the ads of the pod last ${sum} s, the imp has ${most} s` }];
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

const podOf = ({ settled }: Parameters<ChainRule['check']>[0]): typeof settled =>
  settled.filter(({ inline }) => inline.sequence !== null);

const podSlot = ({ imp }: Parameters<ChainRule['check']>[0]) => imp?.video ?? imp?.audio;
