import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import type { Element } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { formatOf } from '../../../vast/media-type.ts';
import { TRACKER_ELEMENTS } from '../../../vast/tracker-elements.ts';
import { defineRules } from '../../define-rules.ts';
import type { ChainProblem, ChainRule } from '../../rule.ts';
import { MEDIA_ELEMENTS, RESOURCE_ELEMENTS } from '../../urls.ts';

const FILES: ReadonlySet<string> = new Set([...MEDIA_ELEMENTS, ...RESOURCE_ELEMENTS]);

const TRACKERS: ReadonlySet<string> = new Set(TRACKER_ELEMENTS);

type IsAsked = (element: Element) => boolean;

/** A picture of a companion or an icon: like pixels, browsers ask for it over https instead. */
const isPicture: IsAsked = (element) =>
  element.name === 'StaticResource' && formatOf(element.attributes.get('creativeType') ?? '').startsWith('image/');

const isFile: IsAsked = (element) => FILES.has(element.name) && !isPicture(element);

const isPixel: IsAsked = (element) => TRACKERS.has(element.name) || isPicture(element);

/** Gathers such elements with an http: URL; extensions of somebody else's are left alone. */
function gatherInsecure(element: Element, isAsked: IsAsked, found: Element[]): void {
  if (element.name === 'Extension' && element.attributes.get('type') !== 'AdVerifications') return;
  if (isAsked(element) && /^http:/i.test(element.text)) found.push(element);
  else for (const each of element.children) gatherInsecure(each, isAsked, found);
}

function insecureIn(element: Element, isAsked: IsAsked): readonly Element[] {
  const found: Element[] = [];
  gatherInsecure(element, isAsked, found);
  return found;
}

/** Of the ad and of the wrappers above it: the player asks for what all of them bring. */
const insecure =
  (isAsked: IsAsked, what: string): ChainRule['check'] =>
  ({ imp, settled }) => {
    if (imp?.secure !== 1) return [];
    // The slots of a pod share the wrappers above them.
    const bodies = new Map<Element, number>();
    for (const { inline, hop, branch } of settled) {
      bodies.set(inline.body, hop);
      for (const link of branch) bodies.set(link.wrapper.body, link.hop);
    }
    return [...bodies].flatMap(([body, hop]) =>
      insecureIn(body, isAsked).map((element): ChainProblem => ({
        hop,
        element,
        message: `${element.name} ${what} over http, imp.secure is 1`,
      })),
    );
  };

/** Does the ad keep a secure page secure? */
export const OPENRTB_SECURE_RULES = defineRules(
  { looksAt: 'chain', vastError: ERROR_CODES.trafficking, lossReason: LOSS_REASONS.creativeNotSecure, rejects: true },
  [
    {
      id: 'openrtb/secure-media',
      severity: 'error',
      title: 'A file is loaded over http and the imp is secure',
      why: 'Browsers refuse to load it into a page that came over https.',
      fix: 'Serve it over https.',
      spec: 'OpenRTB 2.6, 3.2.4',
      check: insecure(isFile, 'is loaded'),
    },
    {
      id: 'openrtb/secure-tracker',
      severity: 'warning',
      title: 'A tracker or a picture is asked for over http and the imp is secure',
      why: 'Most browsers call pixels over https instead, which its server may not answer; some players do not call them.',
      fix: 'Call it over https.',
      spec: 'OpenRTB 2.6, 3.2.4; Mixed Content, 4.1',
      check: insecure(isPixel, 'is called'),
    },
  ],
);
