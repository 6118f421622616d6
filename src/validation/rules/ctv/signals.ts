import { type Element, child, descendants } from '../../../vast/element.ts';
import { isImageType } from '../../../vast/media-type.ts';
import { type AdFormat, PLACEMENT_FORMATS, saidFormat } from '../../../vast/portfolio.ts';
import { extensionType } from '../../../vast/standard-extensions.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';

export const GUIDANCE = 'IAB CTV Ad Portfolio, 2026';

/** The positions and playback methods that go with each format [CTV Ad Portfolio, Format-to-Signal Reference Table]. */
const SIGNALS_OF: Readonly<
  Partial<Record<AdFormat, { readonly pos: readonly number[]; readonly play: readonly number[] }>>
> = {
  pause: { pos: [7, 8], play: [8, 9] },
  screensaver: { pos: [7, 8], play: [10, 11] },
  overlay: { pos: [5, 9, 10, 14, 15], play: [1, 2] },
  squeezeback: { pos: [11, 12, 13, 16, 17], play: [1, 2] },
  'in-scene': { pos: [], play: [1, 2] },
};

/** Static, limited motion, full motion [AdCOM 1.0-202607, List: Creative Attributes]. */
export const MOTION = [21, 22, 23];

const STATIC = 21;

export const QR_CODE = 19;

/** Where the signals of an ad are told of. */
export const signalsElement = ({ body }: AdSubject): Element => child(body, 'Extensions') ?? body;

/** The first element that holds a QR code's place or target. */
export function qrCodeOf({ body, portfolios }: AdSubject): Element | undefined {
  return [...descendants(body, 'Creatives', 'Creative'), ...portfolios]
    .flatMap((each) => descendants(each, 'CreativeExtensions', 'CreativeExtension'))
    .find((each) => extensionType(each) === 'tl_qrcode');
}

/** The first of the still images that the ad shows, where it shows nothing else. */
export function stillOf({ mediaFiles, images, interactiveFiles }: AdSubject): Element | undefined {
  const shown = [...mediaFiles, ...images];
  const isStill = interactiveFiles.length === 0 && shown.every(({ declared }) => isImageType(declared.type ?? ''));
  return isStill ? shown[0]?.element : undefined;
}

/** Do the signals of an ad agree with each other, and with what it is made of? */
export const CTV_SIGNALS_RULES = defineRules({ looksAt: 'ad', spec: GUIDANCE }, [
  {
    id: 'ctv/signals-disagree',
    severity: 'warning',
    title: 'The signals of the ad do not go together',
    why: 'A stitcher that goes by one of them shows it in a place that another one forbids.',
    fix: 'Take plcmt, pos and playbackmethod from one row of the guidance.',
    check: (ad) => {
      const format = saidFormat(ad.signals);
      const row = format === null ? undefined : SIGNALS_OF[format];
      if (row === undefined || ad.signals === null) return [];
      const { pos, playbackmethod } = ad.signals;
      const wrong = [
        pos !== null && pos !== 0 && row.pos.length > 0 && !row.pos.includes(pos)
          ? `pos is ${pos}, one of ${listOf(row.pos)} goes with it`
          : null,
        playbackmethod !== null && !row.play.includes(playbackmethod)
          ? `playbackmethod is ${playbackmethod}, one of ${listOf(row.play)} goes with it`
          : null,
      ].filter((each) => each !== null);
      return wrong.map((each) => ({ element: signalsElement(ad), message: `the ad is a ${format} ad; ${each}` }));
    },
  },
  {
    id: 'ctv/format-linear',
    severity: 'warning',
    title: 'A format that is laid over the content is sent as a Linear',
    why: 'A player takes a Linear into the stream, which is what the signal says it is not for.',
    fix: 'Send it as a NonLinear.',
    check: atAd((ad) => {
      const format = PLACEMENT_FORMATS.get(ad.signals?.plcmt ?? 0);
      return format !== undefined && ad.linears.length > 0 && ad.nonLinears.length + ad.portfolios.length === 0
        ? { element: ad.linears[0]!, message: `plcmt says ${format}, the creative is a Linear` }
        : null;
    }),
  },
  {
    id: 'ctv/motion-disagrees',
    severity: 'warning',
    title: 'What is said of the motion of the ad cannot be true',
    why: 'Publishers block by it what their screens must not show.',
    fix: 'Say one of 21 (static), 22 (limited motion) and 23 (full motion): the one that it has.',
    check: atAd((ad) => {
      const said = (ad.signals?.attr ?? []).filter((each) => MOTION.includes(each));
      if (said.length > 1) return { element: signalsElement(ad), message: `attr says ${listOf(said)}` };
      return said.length === 1 && said[0] !== STATIC && stillOf(ad) !== undefined
        ? { element: signalsElement(ad), message: `attr says ${said[0]}, all media are still images` }
        : null;
    }),
  },
  {
    id: 'ctv/qr-code-unsaid',
    severity: 'info',
    title: 'The ad has a QR code and does not say so in attr',
    why: 'Publishers that block or want such ads go by attr 19.',
    fix: 'Add attr 19 to the signals and to the bid.',
    check: atAd((ad) => {
      const element = qrCodeOf(ad);
      const isSaid = [ad.signals?.attr, ad.subject.bid?.attr].some((each) => each?.includes(QR_CODE));
      return element === undefined || isSaid ? null : { element, message: 'attr does not say 19' };
    }),
  },
]);
