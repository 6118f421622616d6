import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { defineRules } from '../../define-rules.ts';
import { ofFile } from '../../media-check.ts';
import type { MediaVerdict } from '../../media-verdict.ts';
import type { FileSubject } from '../../rule.ts';

/** A difference in duration that a viewer does not notice, in s, and the share of the whole that breaks a pod. */
const DURATION_TOLERANCE_SEC = 0.5;

const DURATION_ERROR_SHARE = 0.1;

/** How far bitrates may be from what is said: averages depend on who measures. */
export const BITRATE_TOLERANCE = 0.25;

const ASPECT_TOLERANCE = 0.05;

const LEAST_FRAME_RATE = 23;

const MOST_FRAME_RATE = 60.5;

/** How much longer (or shorter) the file is than Duration, in s. What is laid over the content begins again until then. */
function differenceSec({ durationSec }: MediaVerdict, { ad }: FileSubject): number {
  const isLooped = ad.linears.length === 0 && (durationSec ?? 0) < (ad.durationSec ?? 0);
  return isLooped || durationSec === null || ad.durationSec === null ? 0 : Math.abs(durationSec - ad.durationSec);
}

const isFarOff = (verdict: MediaVerdict, file: FileSubject): boolean =>
  differenceSec(verdict, file) > Math.max(DURATION_TOLERANCE_SEC, file.ad.durationSec! * DURATION_ERROR_SHARE);

const tellDuration = (verdict: MediaVerdict, { ad }: FileSubject): string =>
  `Duration is ${ad.durationSec} s, the file lasts ${round(verdict.durationSec!)} s`;

const round = (number: number): number => Math.round(number * 100) / 100;

/** `avc1.64001f` is `avc1`. */
const family = (codec: string): string => codec.trim().toLowerCase().split('.')[0]!;

/** Are the picture, its length and its bitrate what MediaFile says? */
export const MEDIA_PICTURE_RULES = defineRules({ looksAt: 'media' }, [
  {
    id: 'media/duration-wrong',
    severity: 'error',
    vastError: ERROR_CODES.duration,
    lossReason: LOSS_REASONS.creativeFiltered,
    title: 'The file lasts much longer or shorter than Duration says',
    why: 'The break runs over or has a hole, and quartiles are counted at the wrong time.',
    fix: 'Write the Duration of the file.',
    spec: 'VAST 4.3, 3.8.1',
    check: ofFile((verdict, file) => (isFarOff(verdict, file) ? tellDuration(verdict, file) : null)),
  },
  {
    id: 'media/duration-inexact',
    severity: 'warning',
    title: 'The file lasts a little longer or shorter than Duration says',
    why: 'In a break that is planned to the second the difference is seen.',
    fix: 'Write the Duration of the file, with milliseconds.',
    spec: 'VAST 4.3, 3.8.1',
    check: ofFile((verdict, file) =>
      differenceSec(verdict, file) > DURATION_TOLERANCE_SEC && !isFarOff(verdict, file)
        ? tellDuration(verdict, file)
        : null,
    ),
  },
  {
    id: 'media/size',
    severity: 'warning',
    title: 'The picture has another size than MediaFile says',
    why: 'Players choose the rendition by its size, so they choose wrongly.',
    fix: 'Write the width and height of the file.',
    spec: 'VAST 4.3, 3.9.1',
    coveredBy: ['media/aspect-ratio'],
    check: ofFile(({ width, height, renditions }, { declared }) =>
      renditions !== null ||
      !width ||
      !height ||
      !declared.width ||
      !declared.height ||
      (width === declared.width && height === declared.height)
        ? null
        : `MediaFile says ${declared.width}x${declared.height}, the file is ${width}x${height}`,
    ),
  },
  {
    id: 'media/aspect-ratio',
    severity: 'warning',
    title: 'The picture has another shape than MediaFile says',
    why: 'A player that trusts the attributes stretches the film.',
    fix: 'Write the width and height of the file, or encode it anew.',
    spec: 'VAST 4.3, 3.9.1',
    check: ofFile(({ width, height }, { declared }) => {
      if (!width || !height || !declared.width || !declared.height) return null;
      const ratio = width / height / (declared.width / declared.height);
      return Math.abs(ratio - 1) <= ASPECT_TOLERANCE
        ? null
        : `MediaFile says ${declared.width}:${declared.height}, the file is ${width}:${height}`;
    }),
  },
  {
    id: 'media/bitrate',
    severity: 'warning',
    title: 'The file has another bitrate than MediaFile says',
    why: 'Players choose the rendition by bitrate and the line, so it stalls or looks poor.',
    fix: 'Write the average bitrate of the file in kbps.',
    spec: 'VAST 4.3, 3.9.1',
    check: ofFile(({ bitrate, renditions }, { declared }) =>
      renditions !== null ||
      !bitrate ||
      !declared.bitrate ||
      Math.abs(bitrate / declared.bitrate - 1) <= BITRATE_TOLERANCE
        ? null
        : `bitrate is ${declared.bitrate} kbps, the file has ${Math.round(bitrate)} kbps`,
    ),
  },
  {
    id: 'media/codec',
    severity: 'warning',
    title: 'The file is encoded with another codec than MediaFile says',
    why: 'A player that chose it by its codec may not be able to decode it.',
    fix: 'Write the codec as RFC 6381 spells it, such as avc1.64001f.',
    spec: 'VAST 4.3, 3.9.1',
    coveredBy: ['media/type'],
    check: ofFile(({ videoCodec, audioCodec }, { declared }) => {
      const found = [videoCodec, audioCodec].filter((each) => each !== null);
      const said = declared.codec?.split(',').map(family) ?? [];
      // Only names of RFC 6381 can be compared; `H.264` is a name of another kind.
      const isKnownForm = said.every((each) => /^[a-z0-9]{4}$/.test(each));
      return found.length === 0 ||
        said.length === 0 ||
        !isKnownForm ||
        found.some((each) => said.includes(family(each)))
        ? null
        : `codec is ${declared.codec}, the file has ${found.join(', ')}`;
    }),
  },
  {
    id: 'media/codec-rare',
    severity: 'info',
    title: 'The file is encoded with a codec that many players do not know',
    why: 'An MP4 is played everywhere only when it holds H.264.',
    fix: 'Add a rendition with H.264 and AAC.',
    spec: 'IAB Digital Video Ad Format Guidelines',
    check: ofFile(({ videoCodec, type }) =>
      type === 'video/mp4' && videoCodec !== null && !/^avc[13]$/.test(family(videoCodec))
        ? `the video codec is ${videoCodec}`
        : null,
    ),
  },
  {
    id: 'media/frame-rate',
    severity: 'info',
    title: 'The frame rate is unusual',
    why: 'Below 23 frames a second the film jerks; above 60 many devices drop pictures.',
    fix: 'Encode with 23.98 to 60 frames a second.',
    spec: 'IAB Digital Video Ad Format Guidelines',
    check: ofFile(({ frameRate }) =>
      frameRate !== null && (frameRate < LEAST_FRAME_RATE || frameRate > MOST_FRAME_RATE)
        ? `${round(frameRate)} frames a second`
        : null,
    ),
  },
]);
