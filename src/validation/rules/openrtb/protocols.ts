import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { protocolOf, versionOf } from '../../../openrtb/protocol.ts';
import { type Element, descendants } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';
import type { DocumentProblem } from '../../rule.ts';

/** What a minor version of VAST 4 brought and an ad loses in a player of an earlier one, by its path in the InLine. */
const BROUGHT: readonly { readonly since: string; readonly path: readonly string[] }[] = [
  { since: '4.1', path: ['AdVerifications', 'Verification'] },
  { since: '4.1', path: ['Creatives', 'Creative', 'Linear', 'MediaFiles', 'ClosedCaptionFiles', 'ClosedCaptionFile'] },
  { since: '4.2', path: ['Creatives', 'Creative', 'Linear', 'Icons', 'Icon', 'IconClicks', 'IconClickFallbackImages'] },
];

/** What of an ad a player of that version would lose. */
function neededBeyond(version: string, { body, isAudio }: AdSubject): readonly string[] {
  const elements = BROUGHT.filter(({ since, path }) => since > version && descendants(body, ...path).length > 0);
  return [...elements.map(({ path }) => path.at(-1)!), ...(isAudio && version < '4.1' ? ['adType'] : [])];
}

/** An ad whose version the imp does not list. `stands`: a listed minor version of VAST 4 may stand for it. */
type Unlisted = { readonly message: string; readonly root: Element; readonly stands: boolean };

function unlisted(ad: AdSubject): Unlisted | null {
  const { slot } = ad;
  const { document } = ad.ad;
  const accepted = slot?.protocols ?? (slot?.protocol === undefined ? [] : [slot.protocol]);
  const protocol = protocolOf(document.version, 'inline');
  if (accepted.length === 0 || protocol === null || accepted.includes(protocol)) return null;
  const says = `VAST ${document.version} is protocol ${protocol}, the imp accepts ${listOf(accepted)}`;
  const minors = accepted.flatMap((each) => versionOf(each)?.version ?? []).filter((version) => version >= '4');
  const latest = minors.sort().at(-1);
  if (document.version < '4' || latest === undefined) return { message: says, root: document.root, stands: false };
  const needed = neededBeyond(latest, ad);
  return needed.length === 0
    ? { message: `${says}; nothing in it needs more than ${latest}`, root: document.root, stands: true }
    : { message: `${says}; ${listOf(needed)} came after ${latest}`, root: document.root, stands: false };
}

const where = (found: Unlisted | null, stands: boolean): DocumentProblem | null =>
  found?.stands === stands ? { element: found.root, message: found.message } : null;

/** Is the ad of a version that the player reads? */
export const OPENRTB_PROTOCOLS_RULES = defineRules(
  {
    looksAt: 'ad',
    against: 'imp',
    vastError: ERROR_CODES.versionNotSupported,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    spec: 'OpenRTB 2.6, 3.2.7',
  },
  [
    {
      id: 'openrtb/protocols',
      severity: 'error',
      title: "The ad's version of VAST is not among imp.video.protocols",
      why: 'The player says which versions it reads; it refuses others with error 102.',
      fix: 'Answer with a version that the imp lists.',
      check: atAd((ad) => where(unlisted(ad), false)),
    },
    {
      id: 'openrtb/protocols-minor',
      severity: 'info',
      title: 'The imp lists another minor version of VAST 4 than that of the ad',
      why: 'Players of VAST 4 read all of it; what is new they pass over. To refuse such ads, set this rule to error.',
      fix: 'List the versions that the player reads, or answer with one of them.',
      check: atAd((ad) => where(unlisted(ad), true)),
    },
  ],
);
