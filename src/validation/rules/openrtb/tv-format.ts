import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import type { VideoImp } from '../../../openrtb/objects.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { isImageType } from '../../../vast/media-type.ts';
import { type AdFormat, PLACEMENT_FORMATS, saidFormat } from '../../../vast/portfolio.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';
import { GUIDANCE, MOTION, QR_CODE, signalsElement } from '../ctv/signals.ts';

const LINEAR = 1;

const INSTREAM = 1;

/** Playback methods from here on begin when the viewer pauses or idles. */
const FIRST_IDLE_METHOD = 8;

/** Formats that wait for the viewer to stop watching: in a stream there is no such moment. */
const IDLE_FORMATS: readonly AdFormat[] = ['pause', 'screensaver'];

/** Does an imp that does not name its placement ask for an ad in the stream? */
const isInStream = ({ linearity, startdelay, placement, playbackmethod }: VideoImp): boolean =>
  linearity === LINEAR ||
  startdelay !== undefined ||
  placement === INSTREAM ||
  (playbackmethod?.length ? playbackmethod.every((each) => each < FIRST_IDLE_METHOD) : false);

/** What the ad is instead of what the imp asks for; null where it may be that. */
function otherFormat(ad: AdSubject): string | null {
  const { slot, signals, nonLinears, portfolios } = ad;
  if (slot === null) return null;
  const said = saidFormat(signals);
  if (slot.plcmt === undefined)
    return said !== null && IDLE_FORMATS.includes(said) && isInStream(slot)
      ? `the ad is a ${said} ad, the imp asks for one in the stream`
      : null;
  const wanted = PLACEMENT_FORMATS.get(slot.plcmt) ?? null;
  const asked = wanted === null ? `plcmt ${slot.plcmt}, which is none` : `a ${wanted} ad (plcmt ${slot.plcmt})`;
  if (said !== null) return said === wanted ? null : `the ad is a ${said} ad, the imp asks for ${asked}`;
  if (wanted === null) return null;
  const isLinear = ad.format === 'linear' && nonLinears.length + portfolios.length === 0;
  const isElsewhere = signals?.plcmt != null;
  return isLinear || isElsewhere
    ? `the ad is ${isElsewhere ? `for plcmt ${signals.plcmt}` : 'linear'}, the imp asks for ${asked}`
    : null;
}

/** Is the ad of the format of television that the imp asks for? */
export const OPENRTB_TV_FORMAT_RULES = defineRules({ looksAt: 'ad', against: 'imp', spec: GUIDANCE }, [
  {
    id: 'openrtb/plcmt',
    severity: 'error',
    vastError: ERROR_CODES.trafficking,
    lossReason: LOSS_REASONS.adTypeExcluded,
    rejects: true,
    title: 'The ad is of another format than the imp asks for',
    why: 'Nobody should be able to buy or to show a pause ad by accident, nor a film where the viewer has paused.',
    fix: 'Bid with a creative of the format that imp.video.plcmt names.',
    check: atAd((ad) => {
      const message = otherFormat(ad);
      return message === null ? null : { element: signalsElement(ad), message };
    }),
  },
  {
    id: 'openrtb/format-unasked',
    severity: 'warning',
    title: 'The ad is of a format of television and the imp does not ask for any',
    why: 'Whoever shows it may have no such place.',
    fix: 'Name the placement in imp.video.plcmt, or bid with another creative.',
    coveredBy: ['openrtb/plcmt'],
    check: atAd((ad) => {
      const said = saidFormat(ad.signals);
      return said === null || ad.slot === null || ad.slot.plcmt !== undefined
        ? null
        : { element: signalsElement(ad), message: `the ad is a ${said} ad, imp.video has no plcmt` };
    }),
  },
  {
    id: 'openrtb/pos',
    severity: 'warning',
    title: 'The ad is made for another place on the screen',
    why: 'A frame has no room in a corner, and a corner looks lost on a full screen.',
    fix: 'Bid with a creative for imp.video.pos.',
    check: atAd((ad) => {
      const [wanted, pos] = [ad.slot?.pos ?? 0, ad.signals?.pos ?? 0];
      return wanted === 0 || pos === 0 || wanted === pos
        ? null
        : { element: signalsElement(ad), message: `the ad says pos ${pos}, the imp ${wanted}` };
    }),
  },
  {
    id: 'openrtb/playbackmethod',
    severity: 'warning',
    title: 'The ad begins in another way than the imp allows',
    why: 'Sound may start that the viewer does not expect.',
    fix: 'Bid with a creative of one of imp.video.playbackmethod.',
    coveredBy: ['openrtb/plcmt'],
    check: atAd((ad) => {
      const [allowed, method] = [ad.slot?.playbackmethod ?? [], ad.signals?.playbackmethod ?? null];
      return allowed.length === 0 || method === null || allowed.includes(method)
        ? null
        : { element: signalsElement(ad), message: `the ad says ${method}, the imp allows ${listOf(allowed)}` };
    }),
  },
  {
    id: 'openrtb/motion-unsaid',
    severity: 'warning',
    title: 'The imp blocks motion, and a film does not say how much it has',
    why: 'A film may stand still or move: only attr tells.',
    fix: 'Say 21, 22 or 23 in attr of the bid and of the ad.',
    check: atAd((ad) => {
      const blocked = (ad.slot?.battr ?? []).filter((each) => each !== 21 && MOTION.includes(each));
      const said = [...(ad.signals?.attr ?? []), ...(ad.subject.bid?.attr ?? [])];
      const film = ad.mediaFiles.find(({ declared }) => !isImageType(declared.type ?? ''));
      return blocked.length === 0 || film === undefined || said.some((each) => MOTION.includes(each))
        ? null
        : { element: film.element, message: `battr blocks ${listOf(blocked)}, neither bid nor ad says 21, 22 or 23` };
    }),
  },
  {
    id: 'openrtb/bid-attr',
    against: 'bid',
    severity: 'warning',
    title: 'bid.attr is not what the ad says of itself',
    why: 'What is blocked by attribute is judged by what the bid says.',
    fix: 'Say the same in bid.attr and in the signals of the ad.',
    check: atAd((ad) => {
      const [bid, own] = [ad.subject.bid?.attr ?? [], ad.signals?.attr ?? []];
      if (bid.length === 0 || own.length === 0) return null;
      const different = [...MOTION, QR_CODE].filter((each) => bid.includes(each) !== own.includes(each));
      return different.length === 0
        ? null
        : { element: signalsElement(ad), message: `the bid says ${listOf(bid)}, the ad ${listOf(own)}` };
    }),
  },
]);
