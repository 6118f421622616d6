import { traitsAsked, traitsOfAd } from '../creative/ad-traits.ts';
import { creativeKeyOf } from '../creative/creative-key.ts';
import { landingDomain } from '../creative/landing-domain.ts';
import { createTakenTraits } from '../creative/taken-traits.ts';
import type { Settled } from '../chain/step.ts';
import { summarizeAd } from '../vast/ad-summary.ts';
import type { Separate } from './follow.ts';
import type { CreativeSettings } from './ports.ts';
import type { UnwrapRequest } from './request.ts';

/** Characters of an ad's id that a message names. */
const MAX_ID = 60;

/**
 * Keeps apart the ads of a pod that `poddedupe` of the imp wants apart; null where it wants nothing. What the bid says of
 * its ad is true of all of its slots, so that only what each ad says of itself counts here.
 */
export function createPodSeparation({ imp }: UnwrapRequest, { mediaUrls }: CreativeSettings): Separate | null {
  const asked = traitsAsked((imp?.video ?? imp?.audio)?.poddedupe);
  if (asked.length === 0) return null;
  return () => {
    const taken = createTakenTraits();
    let ads = 0;
    return ({ inline }: Settled) => {
      const summary = summarizeAd(inline);
      const creativeKey = creativeKeyOf(summary, [], mediaUrls);
      const traits = traitsOfAd({ ...summary, creativeKey }, landingDomain(inline), mediaUrls);
      const by = String((ads += 1));
      const trait = taken.repeated(traits, asked, by);
      if (trait === null) {
        taken.take(traits, by);
        return null;
      }
      const named = inline.id === null ? 'an ad without id' : `ad "${inline.id.slice(0, MAX_ID)}"`;
      return { reason: 'repeated', message: `${named}: another one of the pod has the same ${trait}` };
    };
  };
}
