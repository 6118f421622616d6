import { isVpaid } from '../../../openrtb/api-framework.ts';
import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { canBe, isAlike, isAudioType } from '../../../vast/media-type.ts';
import { defineRules } from '../../define-rules.ts';
import { ofFile } from '../../media-check.ts';

/** A script, or Flash in documents of old. */
const VPAID_TYPES = ['application/javascript', 'application/x-shockwave-flash'];

const reject = { severity: 'error', lossReason: LOSS_REASONS.creativeFiltered, rejects: true } as const;

/** Can the file be had, and is it what it is said to be? */
export const MEDIA_FILE_RULES = defineRules({ looksAt: 'media' }, [
  {
    id: 'media/unreachable',
    ...reject,
    vastError: ERROR_CODES.mediaNotFound,
    title: 'The media file cannot be had',
    why: 'The player ends with error 401 and the viewer sees nothing.',
    fix: 'Put the file where the URL says, readable for everybody.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: ({ verdict }) =>
      verdict.outcome === 'unreachable' ? (verdict.message ?? `HTTP status ${verdict.httpStatus ?? 'none'}`) : null,
  },
  {
    id: 'media/late',
    ...reject,
    vastError: ERROR_CODES.mediaTimeout,
    title: 'The media host did not answer in time',
    why: 'A player waits as little as we do, then ends with error 402.',
    fix: 'Serve media from a content delivery network.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: ({ verdict }) => (verdict.outcome === 'late' ? (verdict.message ?? 'no answer within the deadline') : null),
  },
  {
    id: 'media/unreadable',
    ...reject,
    vastError: ERROR_CODES.mediaDisplay,
    title: 'What comes is no media',
    why: 'The player cannot show it; often it is an error page with status 200, or a file cut off.',
    fix: 'Check what the URL returns, and upload the file again.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: ({ verdict }) =>
      verdict.outcome === 'unreadable'
        ? (verdict.message ?? `the bytes are no media that is known (Content-Type ${verdict.contentType ?? 'none'})`)
        : null,
  },
  {
    id: 'media/type',
    ...reject,
    vastError: ERROR_CODES.mediaDisplay,
    title: 'The file is of another type than MediaFile says',
    why: 'The player chose it by that type and cannot show what comes.',
    fix: 'Write the type that the file is of.',
    spec: 'VAST 4.3, 3.9.1',
    check: ofFile(({ type }, { declared }) =>
      type === null || declared.type === null || isVpaid(declared.apiFramework) || canBe(type, declared.type)
        ? null
        : `type is ${declared.type}, the file is ${type}`,
    ),
  },
  {
    id: 'media/vpaid-script',
    ...reject,
    vastError: ERROR_CODES.mediaDisplay,
    title: 'A VPAID file is no script',
    why: 'The player cannot run what comes; often it is an error page with status 200.',
    fix: 'Check what the URL returns, and upload the script again.',
    spec: 'VAST 4.3, 1.8',
    check: ofFile(({ type }, { declared }) =>
      type === null || !isVpaid(declared.apiFramework) || VPAID_TYPES.some((each) => canBe(type, each))
        ? null
        : `the file is ${type}`,
    ),
  },
  {
    id: 'media/content-type',
    severity: 'warning',
    title: 'The server names another type than MediaFile does',
    why: 'Some browsers go by the header and refuse to play.',
    fix: 'Let the server send the Content-Type of the file.',
    spec: 'RFC 9110, 8.3',
    coveredBy: ['media/type', 'media/vpaid-script', 'interactive/vpaid-type'],
    check: ofFile(({ contentType }, { declared }) =>
      contentType === null || declared.type === null || isAlike(contentType, declared.type)
        ? null
        : `type is ${declared.type}, the header says ${contentType}`,
    ),
  },
  {
    id: 'media/no-track',
    ...reject,
    vastError: ERROR_CODES.mediaDisplay,
    title: 'A video ad has no picture in its file',
    why: 'The player shows a black screen.',
    fix: 'Upload the file with its video track.',
    spec: 'VAST 4.3, 3.9.1',
    check: ofFile(({ hasVideo }, { declared, ad }) =>
      hasVideo === false && !ad.isAudio && !isAudioType(declared.type ?? '') ? 'the file has no video track' : null,
    ),
  },
  {
    id: 'media/no-sound',
    severity: 'warning',
    title: 'The file has no sound',
    why: 'Silence in a break of television is taken for a fault.',
    fix: 'Add an audio track, even a silent one.',
    spec: 'IAB Digital Video Ad Format Guidelines',
    // what is laid over the content is mostly silent, and says so
    check: ofFile(({ hasAudio }, { ad }) =>
      hasAudio === false && ad.linears.length > 0 ? 'the file has no audio track' : null,
    ),
  },
  {
    id: 'media/ranges',
    severity: 'warning',
    title: 'The server does not answer range requests',
    why: 'Safari and many televisions play nothing from such a server.',
    fix: 'Serve the file with Accept-Ranges: bytes and status 206.',
    spec: 'RFC 9110, 14',
    check: ofFile(({ ranges, type }) =>
      ranges === false && /^(video|audio)\//.test(type ?? '')
        ? 'the server sent the whole file when asked for a part'
        : null,
    ),
  },
  {
    id: 'media/fast-start',
    severity: 'warning',
    title: 'The index of the file stands behind its media',
    why: 'A player must load the end first, or all of it, before the first picture.',
    fix: 'Write the file anew with the index in front (ffmpeg -movflags +faststart).',
    spec: 'ISO 14496-12, 6.2.3',
    check: ofFile(({ fastStart }) => (fastStart === false ? 'moov stands behind mdat' : null)),
  },
  {
    id: 'media/file-size',
    severity: 'warning',
    title: 'fileSize is not the size of the file',
    why: 'Players that choose by size choose wrongly.',
    fix: 'Write the size in bytes.',
    spec: 'VAST 4.3, 3.9.1',
    coveredBy: ['media/type', 'media/vpaid-script'],
    check: ofFile(({ size }, { element }) => {
      const said = element.attributes.get('fileSize');
      return size === null || said === undefined || Number(said) === size
        ? null
        : `fileSize is ${said}, the file has ${size} bytes`;
    }),
  },
  {
    id: 'media/large',
    severity: 'info',
    title: 'The file is very large for its length',
    why: 'On a slow line it stalls; viewers leave.',
    fix: 'Encode it with less bitrate, or offer smaller renditions beside it.',
    spec: 'IAB Digital Video Ad Format Guidelines',
    check: ofFile(({ size, durationSec }) => {
      const MOST_KBPS = 40_000;
      const kbps = size === null || !durationSec ? 0 : (size * 8) / 1000 / durationSec;
      return kbps > MOST_KBPS ? `${Math.round(kbps)} kbps on average` : null;
    }),
  },
]);
