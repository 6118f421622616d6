import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { child } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { isAudioType } from '../../../vast/media-type.ts';
import { lackOf } from '../../../vast/playable.ts';
import { atAd } from '../../ad-check.ts';
import { defineRules } from '../../define-rules.ts';

const LINEAR = 1;

const NON_LINEAR = 2;

/** Is the ad of the kind that the imp asks for? */
export const OPENRTB_AD_TYPE_RULES = defineRules({ looksAt: 'ad', against: 'imp', severity: 'error', rejects: true }, [
  {
    id: 'openrtb/nothing-to-play',
    vastError: ERROR_CODES.schemaValidation,
    lossReason: LOSS_REASONS.missingMarkup,
    title: 'The ad has companions alone, so the imp would stay empty',
    why: 'The impression is sold and nothing is shown.',
    fix: 'Put a Linear with MediaFiles, or NonLinearAds, into a Creative.',
    spec: 'VAST 4.3, 3.7',
    // What cannot be shown at all is no ad, and never comes so far.
    check: ({ subject, body, linears, nonLinears, portfolios }) =>
      subject.imp === null || linears.length + nonLinears.length + portfolios.length > 0 || lackOf(body) !== null
        ? []
        : [{ element: child(body, 'Creatives') ?? body, message: 'the InLine has no Linear and no NonLinear' }],
  },
  {
    id: 'openrtb/audio-in-video',
    vastError: ERROR_CODES.trafficking,
    lossReason: LOSS_REASONS.adTypeExcluded,
    title: 'An audio ad for an imp that has no audio',
    why: 'The viewer sees a black picture, and the buyer of a video spot pays for sound.',
    fix: 'Bid on imp.audio, or send a video ad.',
    spec: 'OpenRTB 2.6, 3.2.8',
    check: atAd(({ subject, isAudio, ad }) =>
      isAudio && subject.imp?.video !== undefined && subject.imp.audio === undefined
        ? { element: ad.inline.element, message: 'the ad is audio, the imp asks for video' }
        : null,
    ),
  },
  {
    id: 'openrtb/video-in-audio',
    vastError: ERROR_CODES.trafficking,
    lossReason: LOSS_REASONS.adTypeExcluded,
    title: 'A video ad for an imp that has audio alone',
    why: 'An audio player has no screen to show it on.',
    fix: 'Write adType="audio" and send audio files, or bid on imp.video.',
    spec: 'OpenRTB 2.6, 3.2.8',
    check: atAd(({ subject, isAudio, mediaFiles, ad }) =>
      !isAudio &&
      subject.imp?.audio !== undefined &&
      subject.imp.video === undefined &&
      mediaFiles.every(({ declared }) => !isAudioType(declared.type ?? ''))
        ? { element: ad.inline.element, message: 'the ad is video, the imp asks for audio' }
        : null,
    ),
  },
  {
    id: 'openrtb/linearity',
    vastError: ERROR_CODES.linearity,
    lossReason: LOSS_REASONS.creativeFormat,
    title: 'The ad is not of the linearity that the imp asks for',
    why: 'A player that expects a spot has no place for an overlay, and the other way round.',
    fix: 'Send a Linear where linearity is 1, a NonLinear where it is 2.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const linearity = ad.slot?.linearity;
      const [overlay] = [...ad.nonLinears, ...ad.portfolios];
      if (linearity === LINEAR && ad.linears.length === 0 && overlay !== undefined)
        return { element: overlay, message: 'the ad is nonlinear, the imp asks for a linear one' };
      if (linearity === NON_LINEAR && overlay === undefined && ad.linears.length > 0)
        return { element: ad.linears[0]!, message: 'the ad is linear, the imp asks for a nonlinear one' };
      return null;
    }),
  },
]);
