import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import type { VideoImp } from '../../../openrtb/objects.ts';
import { adDurationOf } from '../../../vast/ad-media.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';
import type { AdRule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

/** Encoders round to frames: so much more or less is the same duration, in s. */
const TOLERANCE_SEC = 0.5;

/**
 * A check of the Duration of the ad. A pod in a slot that takes no pods fills it as a whole: there the sum is checked
 * instead, by `openrtb/pod-in-slot`.
 */
const ofDuration = (check: (durationSec: number, ad: AdSubject) => string | null): AdRule['check'] =>
  atAd((ad) => {
    const isPart = podOf(ad.subject).length > 1 && !takesPods(ad.slot);
    const message = ad.durationSec === null || isPart ? null : check(ad.durationSec, ad);
    return message === null ? null : { element: ad.durationElement!, message };
  });

const duration = {
  severity: 'error',
  vastError: ERROR_CODES.duration,
  lossReason: LOSS_REASONS.creativeFiltered,
  rejects: true,
} as const;

/** Does the ad, or the pod, last as long as the imp allows? */
export const OPENRTB_DURATION_RULES = [
  ...defineRules({ looksAt: 'ad', against: 'imp', ...duration, spec: 'OpenRTB 2.6, 3.2.7' }, [
    {
      id: 'openrtb/minduration',
      title: 'The ad is shorter than the imp allows',
      why: 'The break would have a hole.',
      fix: 'Bid with a film of at least minduration.',
      check: ofDuration((seconds, { slot }) =>
        slot?.minduration !== undefined && seconds < slot.minduration - TOLERANCE_SEC
          ? `Duration is ${seconds} s, the imp wants at least ${slot.minduration} s`
          : null,
      ),
    },
    {
      id: 'openrtb/maxduration',
      title: 'The ad is longer than the imp allows',
      why: 'The player cuts it off or refuses it with error 202.',
      fix: 'Bid with a film of at most maxduration.',
      check: ofDuration((seconds, { slot }) =>
        slot?.maxduration !== undefined && seconds > slot.maxduration + TOLERANCE_SEC
          ? `Duration is ${seconds} s, the imp allows ${slot.maxduration} s`
          : null,
      ),
    },
    {
      id: 'openrtb/rqddurs',
      title: 'The ad lasts none of the exact times that the imp asks for',
      why: 'Live breaks are filled to the second.',
      fix: 'Bid with a film of one of the durations in rqddurs.',
      check: ofDuration((seconds, { slot }) => {
        const wanted = slot?.rqddurs ?? [];
        return wanted.length === 0 || wanted.some((each) => Math.abs(each - seconds) <= TOLERANCE_SEC)
          ? null
          : `Duration is ${seconds} s, the imp wants exactly ${listOf(wanted)} s`;
      }),
    },
  ]),
  ...defineRules({ looksAt: 'chain', ...duration, spec: 'OpenRTB 2.6, 3.2.7' }, [
    {
      id: 'openrtb/poddur',
      title: 'The pod is longer than the break',
      why: 'The last ads would run into the content, so the player drops them.',
      fix: 'Fill at most poddur seconds.',
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
    },
    {
      id: 'openrtb/pod-in-slot',
      title: 'A pod does not fit into a slot that takes a single ad',
      why: 'The imp has room for one ad: what runs over is cut off, or the whole pod is refused with error 202.',
      fix: 'Answer with one ad, or with ads that last no longer together than the imp allows.',
      check: (subject) => {
        const slot = podSlot(subject);
        const time = podTime(subject);
        if (slot === undefined || takesPods(slot) || time === null) return [];
        const message = misfitOf(time, slot);
        return message === null
          ? []
          : [{ hop: subject.settled[0]!.hop, message: `the ads of the pod last ${time.seconds} s, ${message}` }];
      },
    },
    {
      id: 'openrtb/maxseq',
      title: 'The pod has more ads than the imp allows',
      why: 'Every ad beyond is dropped by the player, and counted by nobody.',
      fix: 'Send at most maxseq ads.',
      check: (subject) => {
        const most = podSlot(subject)?.maxseq;
        const slots = podOf(subject);
        return most === undefined || slots.length < 2 || slots.length <= most
          ? []
          : [{ hop: slots[0]!.hop, message: `the pod has ${slots.length} ads, the imp allows ${most}` }];
      },
    },
  ]),
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
