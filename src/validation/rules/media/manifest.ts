import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { defineRules } from '../../define-rules.ts';
import { ofManifest } from '../../media-check.ts';
import { BITRATE_TOLERANCE } from './picture.ts';

/** Does the manifest list what MediaFile says? */
export const MEDIA_MANIFEST_RULES = defineRules({ looksAt: 'media' }, [
  {
    id: 'media/manifest-empty',
    severity: 'error',
    vastError: ERROR_CODES.mediaDisplay,
    lossReason: LOSS_REASONS.creativeFiltered,
    rejects: true,
    title: 'The manifest names neither renditions nor segments',
    why: 'There is nothing that a player could load.',
    fix: 'Package the film anew.',
    spec: 'RFC 8216, 4.3.4.2',
    check: ofManifest((renditions) => (renditions.length === 0 ? 'no rendition and no segment in the manifest' : null)),
  },
  {
    id: 'media/manifest-single',
    severity: 'info',
    title: 'The manifest names one rendition only',
    why: 'There is nothing to adapt to when the line gets slower.',
    fix: 'Package three qualities or more.',
    spec: 'VAST 4.3, 3.9',
    check: ofManifest((renditions) => (renditions.length === 1 ? 'one rendition in the manifest' : null)),
  },
  {
    id: 'media/manifest-bitrate',
    severity: 'warning',
    title: 'The bitrates of the manifest are outside of what MediaFile says',
    why: 'Players choose between files by minBitrate and maxBitrate.',
    fix: 'Write the lowest and the highest bitrate of the manifest, in kbps.',
    spec: 'VAST 4.3, 3.9.1',
    check: ofManifest((renditions, { element }) => {
      const [least, most] = ['minBitrate', 'maxBitrate'].map((name) => Number(element.attributes.get(name) ?? NaN));
      const outside = renditions.flatMap(({ bitrate }) =>
        bitrate !== null && (bitrate < least! * (1 - BITRATE_TOLERANCE) || bitrate > most! * (1 + BITRATE_TOLERANCE))
          ? bitrate
          : [],
      );
      return outside.length === 0 ? null : `${outside.join(', ')} kbps, MediaFile says ${least} to ${most}`;
    }),
  },
  {
    id: 'media/manifest-size',
    severity: 'info',
    title: 'No rendition of the manifest is as large as MediaFile says',
    why: 'A player that wants a large picture chooses it in vain.',
    fix: 'Write the size of the largest rendition.',
    spec: 'VAST 4.3, 3.9.1',
    check: ofManifest((renditions, { declared }) => {
      const widths = renditions.flatMap(({ width }) => width ?? []);
      return widths.length === 0 || !declared.width || Math.max(...widths) >= declared.width
        ? null
        : `MediaFile says ${declared.width} pixels wide, the widest is ${Math.max(...widths)}`;
    }),
  },
]);
