import type { Bid } from '../../../openrtb/objects.ts';
import { protocolOf, versionOf } from '../../../openrtb/protocol.ts';
import { hasDomain, wordSet } from '../../../openrtb/word-set.ts';
import { clickThroughsOf } from '../../../vast/ad-media.ts';
import { children } from '../../../vast/element.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';
import type { AdRule, DocumentProblem } from '../../rule.ts';
import { hostOf } from '../../urls.ts';

/** Bids give whole seconds. */
const DURATION_TOLERANCE_SEC = 1;

const [VIDEO, AUDIO] = [2, 3];

/** A check of the bid that the ad answers; what it finds is told of the InLine. */
const ofBid =
  (check: (bid: Bid, ad: AdSubject) => string | null): AdRule['check'] =>
  (ad): readonly DocumentProblem[] => {
    const message = ad.subject.bid === null ? null : check(ad.subject.bid, ad);
    return message === null ? [] : [{ element: ad.body, message }];
  };

/** The bid for a pod says the sum, which no single ad can be held against. */
const isPod = ({ subject }: AdSubject): boolean => subject.settled.length > 1;

/** Does the bid say of the ad what is true of it? */
export const OPENRTB_BID_RULES = defineRules(
  { looksAt: 'ad', against: 'bid', severity: 'warning', spec: 'OpenRTB 2.6, 4.2.3' },
  [
    {
      id: 'openrtb/bid-dur',
      title: 'bid.dur is not the Duration of the ad',
      why: 'Pods are filled by what bids say, so the break has a hole or runs over.',
      fix: 'Set bid.dur to the Duration of the InLine.',
      check: ofBid(({ dur }, ad) =>
        dur === undefined ||
        isPod(ad) ||
        ad.durationSec === null ||
        Math.abs(ad.durationSec - dur) < DURATION_TOLERANCE_SEC
          ? null
          : `bid.dur is ${dur}, Duration is ${ad.durationSec} s`,
      ),
    },
    {
      id: 'openrtb/bid-mtype',
      title: 'bid.mtype is not what the ad is',
      why: 'An exchange that goes by mtype sends the ad to the wrong player.',
      fix: 'Set bid.mtype to 2 for video, 3 for audio.',
      check: ofBid(({ mtype }, { isAudio }) => {
        const found = isAudio ? AUDIO : VIDEO;
        return mtype === undefined || mtype === found ? null : `bid.mtype is ${mtype}, the ad is ${found}`;
      }),
    },
    {
      id: 'openrtb/bid-protocol',
      title: 'bid.protocol is another version than that of any document of the chain',
      why: 'A player that was promised one version gets another.',
      fix: 'Set bid.protocol to the version of the document that is sent.',
      check: ofBid(({ protocol }, { subject, ad }) => {
        const claimed = protocol === undefined ? null : versionOf(protocol);
        const found = [
          ...new Set([...subject.hops.flatMap(({ document }) => document?.version ?? []), ad.document.version]),
        ];
        return claimed === null ||
          found.some((version) => protocolOf(version, 'inline') === protocolOf(claimed.version, 'inline'))
          ? null
          : `bid.protocol is ${protocol} (VAST ${claimed.version}), found ${listOf(found)}`;
      }),
    },
    {
      id: 'openrtb/bid-size',
      title: 'bid.w and bid.h are of no rendition of the ad',
      why: 'A size that does not exist misleads whoever chooses the player by it.',
      fix: 'Set them to the size of the largest MediaFile.',
      check: ofBid(({ w, h }, { mediaFiles, nonLinears }) => {
        const sizes = [
          ...mediaFiles.map(({ declared: { width, height } }) => `${width}x${height}`),
          ...nonLinears.map(({ attributes }) => `${attributes.get('width')}x${attributes.get('height')}`),
        ];
        return !w || !h || sizes.length === 0 || sizes.includes(`${w}x${h}`)
          ? null
          : `the bid says ${w}x${h}, the ad has ${listOf(sizes)}`;
      }),
    },
    {
      id: 'openrtb/bid-cat',
      title: 'The categories of bid and ad have nothing in common',
      why: 'What is blocked by category is judged by what the bid says.',
      fix: 'Set bid.cat to the categories of the creative.',
      check: ofBid(({ cat, cattax = 1 }, { body }) => {
        const own = new Set(children(body, 'Category').map(({ text }) => text.toLowerCase()));
        // ids of another taxonomy than IAB 1.0 have nothing in common with it
        return !cat?.length || cattax !== 1 || own.size === 0 || cat.some((each) => own.has(each.toLowerCase()))
          ? null
          : `the bid says ${listOf(cat)}, the ad ${listOf([...own])}`;
      }),
    },
    {
      id: 'openrtb/bid-adomain',
      title: 'The ad leads to another domain than the bid says',
      why: 'What is blocked by advertiser is judged by what the bid says.',
      fix: 'Set bid.adomain to the domain of the advertiser.',
      check: ofBid(({ adomain }, { body }) => {
        const hosts = clickThroughsOf(body).flatMap(({ text }) => hostOf(text) ?? []);
        return !adomain?.length || hosts.length === 0 || hosts.some((host) => hasDomain(wordSet(adomain), host))
          ? null
          : `the bid says ${listOf(adomain)}, ClickThrough leads to ${listOf(hosts)}`;
      }),
    },
    {
      id: 'openrtb/bid-adomain-form',
      title: 'bid.adomain is not a domain',
      why: 'A block list of domains does not match a URL.',
      fix: 'Write the bare domain, such as advertiser.com.',
      check: ofBid(({ adomain }) => {
        const wrong = (adomain ?? []).filter((each) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(each.trim()));
        return wrong.length === 0 ? null : `${listOf(wrong)} in bid.adomain`;
      }),
    },
  ],
);
