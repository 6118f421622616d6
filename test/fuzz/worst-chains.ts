import { mergeAds } from '../../src/merge/merge.ts';
import type { Merged } from '../../src/merge/merged.ts';
import type { Settled } from '../../src/chain/step.ts';
import type { Imp } from '../../src/openrtb/objects.ts';
import { subjectOf, type HopSubject, type Subject } from '../../src/validation/subject.ts';
import { settled } from '../support/settled.ts';

// Chains that are within all limits, and made to cost as much as possible in one step.

/** UTF-16 units of a document: a little less than the bytes that a body may have. */
const LENGTH = 500_000;
const LESS_THAN = 3_900;
const WRAPPERS = 5;
/** Five wrappers and these are the documents that one tag may fetch. */
const POD = 11;

export type WorstChain = {
  readonly name: string;
  /** The texts: wrappers from the outermost, the InLines of a pod (or the one ad) last. */
  readonly wrappers: readonly string[];
  readonly inLines: readonly string[];
  readonly dedupe?: 'none' | 'exact';
};

const vast = (body: string, attributes = '', version = '4.2'): string =>
  `<VAST version="${version}"${attributes}><Ad id="1">${body}</Ad></VAST>`;
const wrapper = (parts: string, attributes = '', version = '4.2'): string =>
  vast(`<Wrapper><AdSystem>a</AdSystem><VASTAdTagURI>https://a.example/</VASTAdTagURI>${parts}</Wrapper>`, attributes, version); // prettier-ignore
const inLine = (parts: string, attributes = '', version = '4.2'): string =>
  vast(`<InLine><AdSystem>a</AdSystem><AdTitle>t</AdTitle>${parts}</InLine>`, attributes, version);
const creatives = (parts: string): string => `<Creatives>${parts}</Creatives>`;
const linear = (parts: string): string => creatives(`<Creative><Linear>${parts}</Linear></Creative>`);

/** As many different parts as the markup may have, each with so many `<`. */
const many = (lessThan: number, part: (i: number) => string, share = 1): string =>
  Array.from({ length: Math.floor((LESS_THAN * share) / lessThan) }, (_, i) => part(i)).join('');
const attributes = (count: number, write: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => ` ${write(i)}`).join('');
const long = (text: string, length = LENGTH): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const times = (text: string, count = WRAPPERS): readonly string[] => Array.from({ length: count }, () => text);

const IMPRESSIONS = many(2, (i) => `<Impression>https://t.example/${i}</Impression>`);
const TRACKING = many(2, (i) => `<Tracking event="start">https://t.example/${i}</Tracking>`, 0.98);
const LINEARS = creatives(many(3, () => '<Creative><Linear/></Creative>'));
const ICONS = many(1, (i) => `<Icon program="${i}"/>`, 0.98);
const COMPANIONS = creatives(`<Creative><CompanionAds>${many(1, (i) => `<Companion id="${i}"/>`, 0.98)}</CompanionAds></Creative>`); // prettier-ignore
const VERIFICATIONS = many(1, (i) => `<Verification vendor="${i}"/>`, 0.98);
const portfolio = (parts: string): string => `<Extension type="ctv_ad_portfolio">${parts}</Extension>`;
const PORTFOLIOS = many(6, (i) => portfolio(`<TrackingEvents><Tracking event="close">https://t.example/${i}</Tracking></TrackingEvents>`)); // prettier-ignore
const SIGNALS = many(4, (i) => `<Extension type="attr" ext="adcom"><attr>${i}</attr></Extension>`);
const LINES = `<!--${long('\n', 460_000)}-->`;
const PREFIXES = attributes(7_900, (i) => `xmlns:p${i}="urn:${i}"`);

/** Texts on which a pattern can lose its way. */
const FLOODS = [
  ...['[', '[A', '[A]', '${', '{{', '{', '%', '%%a', '%5B', '?', '?a=%5BA', '&a', 'https%3A%2F%2Fa%3D', '%3D[A]'],
  ...['a ', 'a', 'a.', 'a-', '1', ':', '00:', '/', '<', '<a', '<!', '@', '#', ',', '"', '\\', '(', 'é', '\n', 'data:'],
] as const;

const chain = (name: string, wrappers: readonly string[], ...inLines: readonly string[]): WorstChain => ({
  name,
  wrappers,
  inLines,
});

/** Every chain, built when it is asked for. */
export function* worstChains(): Generator<WorstChain> {
  yield chain('elements, all unknown', [], inLine(many(1, (i) => `<a${i}/>`)));
  yield chain('elements 60 deep', [], inLine(many(114, () => '<a>'.repeat(57) + '</a>'.repeat(57))));
  yield chain('attributes on one element', [], inLine(`<Impression${attributes(7_900, (i) => `a${i}=""`)}/>`));
  yield chain('attributes on many elements', [], inLine(many(1, () => '<Impression a="" b=""/>')));
  yield chain('references', [], inLine(`<Impression>${long('&#97;', 39_000)}</Impression>`));
  yield chain('one CDATA section', [], inLine(`<Impression><![CDATA[${long('x')}]]></Impression>`));
  yield chain('CDATA sections', [], inLine(`<Impression>${many(1, () => `<![CDATA[${long('x', 110)}]]>`)}</Impression>`)); // prettier-ignore
  yield chain('a comment of dashes', [], inLine(`<!--${long('- ')}-->`));
  yield chain('lines, and what is wrong behind them', [], inLine(LINES + many(1, () => '<Tracking/>')));
  yield chain('elements that may stand once', [], inLine(many(1, () => '<Impression/>', 0.5) + many(1, () => '<Pricing/>', 0.5))); // prettier-ignore
  yield chain('media files', [], inLine(linear(`<MediaFiles>${many(2, (i) => `<MediaFile type="video/mp4" delivery="progressive" width="640" height="360" bitrate="${i}">https://m.example/${i}</MediaFile>`, 0.75)}</MediaFiles>`))); // prettier-ignore
  yield chain('categories', times(wrapper(`<BlockedAdCategories>${long('IAB1,', 110_000)}</BlockedAdCategories>`)), inLine(many(2, (i) => `<Category authority="a">IAB${i + 2}</Category>`))); // prettier-ignore
  for (const flood of FLOODS) {
    const text = long(flood, LENGTH / 4).replaceAll(']]>', '');
    const parts = ['AdTitle', 'Impression'].flatMap((name) =>
      [text, `https://a.example/?${text}`].map((each) => `<${name}><![CDATA[${each}]]></${name}>`),
    );
    yield chain(`texts and URLs of ${JSON.stringify(flood)}`, [], inLine(parts.join('')));
  }
  yield chain('impressions into impressions', times(wrapper(IMPRESSIONS)), inLine(IMPRESSIONS));
  yield { ...chain('the same, once each', times(wrapper(IMPRESSIONS)), inLine(IMPRESSIONS)), dedupe: 'exact' };
  yield chain('trackers into linears', times(wrapper(linear(`<TrackingEvents>${TRACKING}</TrackingEvents>`))), inLine(LINEARS)); // prettier-ignore
  yield chain('icons into linears', times(wrapper(linear(`<Icons>${ICONS}</Icons>`))), inLine(LINEARS));
  yield chain('icons of one program into linears', times(wrapper(linear(`<Icons>${ICONS.replace(/program="\d+"/g, '')}</Icons>`))), inLine(LINEARS)); // prettier-ignore
  yield chain('companions without a resource into companions', times(wrapper(COMPANIONS)), inLine(COMPANIONS.replace(/ id="\d+"/g, ''))); // prettier-ignore
  yield chain('companions', times(wrapper(creatives(many(5, (i) => `<Creative><CompanionAds><Companion><IFrameResource>u${i}</IFrameResource></Companion></CompanionAds></Creative>`, 0.6)))), inLine(IMPRESSIONS)); // prettier-ignore
  yield chain(
    'verifications',
    times(wrapper(`<AdVerifications>${VERIFICATIONS}</AdVerifications>`)),
    inLine(IMPRESSIONS),
  );
  yield chain('verifications in extensions', times(wrapper(`<Extensions><Extension type="AdVerifications">${VERIFICATIONS}</Extension></Extensions>`, '', '3.0')), inLine(`<Extensions>${many(1, () => '<Extension/>', 0.9)}</Extensions>`, '', '3.0')); // prettier-ignore
  yield chain('what the version does not know', times(wrapper(linear(`<Icons><Icon${attributes(7_900, (i) => `a${i}=""`)}/></Icons>`))), inLine(LINEARS, '', '2.0')); // prettier-ignore
  yield chain('what the version does not know, behind lines', times(wrapper(LINES + linear(`<Icons>${ICONS.replaceAll('/>', ' duration=""/>')}</Icons>`))), inLine(LINEARS, '', '2.0')); // prettier-ignore
  yield chain('no place for trackers', times(wrapper(LINES + linear(`<TrackingEvents>${TRACKING}</TrackingEvents>`))), inLine(IMPRESSIONS)); // prettier-ignore
  yield chain('namespaces', times(wrapper(IMPRESSIONS, PREFIXES)), inLine(IMPRESSIONS));
  yield chain('namespaces here and there', times(wrapper(IMPRESSIONS.replaceAll('<Impression', '<Impression xmlns:x="u"'), attributes(5_900, (i) => `xmlns:p${i}="urn:${i}"`))), inLine(many(1, (i) => `<Impression xmlns:y="${i}"/>`))); // prettier-ignore
  yield chain('a long namespace', times(wrapper(creatives(many(8, () => '<Creative p:a=""><CompanionAds p:b=""><Companion><IFrameResource>u</IFrameResource></Companion></CompanionAds></Creative>')), ` xmlns:p="${long('u', 400_000)}"`)), inLine(LINEARS)); // prettier-ignore
  yield chain('a long indentation', times(wrapper(IMPRESSIONS)), inLine(`<Impression/>\n${long(' ', 130_000)}<Impression/>`)); // prettier-ignore
  yield chain('long indentations', times(wrapper(creatives(many(8, (i) => `<Creative><CompanionAds><Companion><IFrameResource>u${i}</IFrameResource></Companion></CompanionAds></Creative>`)))), inLine(creatives(`\n${long(' ', 130_000)}<Creative/>`))); // prettier-ignore
  yield chain('portfolios into portfolios', times(wrapper(`<Extensions>${PORTFOLIOS}</Extensions>`)), inLine(`<Extensions>${PORTFOLIOS}</Extensions>`, '', '2.0')); // prettier-ignore
  yield chain('icons of one program into portfolios', times(wrapper(`<Extensions>${portfolio(`<Icons>${ICONS.replace(/program="\d+"/g, 'program="a"')}</Icons>`)}</Extensions>`)), inLine(`<Extensions>${many(5, () => portfolio('<Icons><Icon program="a"/></Icons>'))}</Extensions>`)); // prettier-ignore
  yield chain('portfolios, each of another creative', [], inLine(creatives(many(1, (i) => `<Creative id="${i}"/>`, 0.4)) + `<Extensions>${many(4, (i) => portfolio(`<CreativeId>${i}</CreativeId>`), 0.5)}</Extensions>`)); // prettier-ignore
  yield chain('overlays and portfolios without media', [], inLine(creatives(`<Creative><NonLinearAds>${many(1, () => '<NonLinear/>', 0.45)}</NonLinearAds></Creative>`) + `<Extensions>${many(2, () => portfolio(''), 0.5)}</Extensions>`)); // prettier-ignore
  yield chain('signals', times(wrapper(`<Extensions>${SIGNALS}</Extensions>`)), inLine(`<Extensions>${SIGNALS}</Extensions>`)); // prettier-ignore
  yield chain('ids in extensions, each of another file', [], inLine(linear(`<MediaFiles>${many(1, (i) => `<MediaFile id="${i}"/>`, 0.45)}</MediaFiles>`) + `<Extensions><Extension type="Mezzanine">${many(1, (i) => `<Mezzanine mediaFileId="${i}"/>`, 0.5)}</Extension></Extensions>`)); // prettier-ignore
  yield chain('a pod of impressions', times(wrapper(IMPRESSIONS)), ...times(inLine(IMPRESSIONS), POD));
  yield chain(
    'a pod of namespaces',
    times(wrapper(IMPRESSIONS, PREFIXES)),
    ...times(inLine(IMPRESSIONS, PREFIXES), POD),
  );
}

/** The documents read. */
export function settle({ wrappers, inLines }: WorstChain): readonly Settled[] {
  const first = settled(wrappers, inLines[0]!);
  const others = inLines.slice(1).map((text) => settled([], text));
  return [first, ...others.map((ad, at) => ({ ...ad, hop: first.hop + 1 + at, branch: first.branch }))];
}

export function merge({ dedupe = 'none' }: WorstChain, ads: readonly Settled[]): Merged {
  return mergeAds(ads, { pod: ads.length > 1, dedupe });
}

const IMP: Imp = {
  secure: 1,
  video: { mimes: ['video/mp4'], minduration: 5, maxduration: 30, protocols: [11, 12], w: 640, h: 360, api: [7] },
};

/** The whole chain as it is validated, with an auction's `imp`. */
export function judgeable(ads: readonly Settled[], merged: Merged): Subject {
  const [first] = ads;
  const links = first!.branch.map(({ document, hop }) => ({ document, hop, depth: hop }));
  const ends = ads.map(({ document, hop }) => ({ document, hop, depth: hop }));
  const hops = [...links, ...ends].map((each): HopSubject => ({ ...each, text: each.document.text, defect: null, failure: null, transfer: null })); // prettier-ignore
  return subjectOf({ hops, settled: ads, imp: IMP, merged: merged.findings, blockedCategories: ['IAB1'] });
}
