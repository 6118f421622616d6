import { at, canonical, readTree, type Node } from './vast-tree.ts';

// What a player does with an ad, by VAST 4.3 sections 2.3 to 3.19, written without a look at src/: the service must not
// change it.

/** An ad and the wrappers that led to it. */
export type AdChain = {
  /** `<Wrapper>` elements, outermost first. */
  readonly wrappers: readonly Node[];
  /** The `<InLine>` element. */
  readonly inLine: Node;
};

/** What a player does with one ad. Both lists are sorted; what happens twice stands there twice. */
export type Play = {
  /** `event@offset attributes url` for every URL that is fired if every event happens. */
  readonly fired: readonly string[];
  /** Everything that is shown, run or told: linears, companions, icons, verifications, extensions. */
  readonly offered: readonly string[];
};

const RESOURCES = ['StaticResource', 'IFrameResource', 'HTMLResource'];
const VIEWABLE = { Viewable: 'viewable', NotViewable: 'notViewable', ViewUndetermined: 'viewUndetermined' };
const CLICKS = { ClickTracking: 'clickTracking', CustomClick: 'customClick' };
/** What is fired or merged, and so no part of the creative itself. */
const TRACKERS = new Set([
  ...['TrackingEvents', 'ClickTracking', 'CustomClick', 'ClickThrough', 'VideoClicks', 'Icons'],
  ...[
    'IconViewTracking',
    'IconClickTracking',
    'CompanionClickTracking',
    'NonLinearClickTracking',
    'NonLinearCustomClick',
  ],
]);
/** Children of an InLine that are played below, one by one. */
const PLAYED = new Set(['Impression', 'Error', 'ViewableImpression', 'Creatives', 'AdVerifications', 'Extensions']);

/** What an extension of the CTV Ad Portfolio says, each once: that of the closest hop [CTV Ad Portfolio for VAST 2.0]. */
const SIGNALS = ['plcmt', 'pos', 'playbackmethod', 'attr'];

/** Plays an ad the way a player does that has followed the chain itself. */
export function play({ wrappers, inLine }: AdChain): Play {
  const closestFirst = [...wrappers].reverse();
  const hops = [inLine, ...closestFirst];
  const fired: string[] = [];
  const offered: string[] = [];
  const fire = (event: string, elements: readonly Node[]): void => {
    for (const each of elements) if (each.text !== '') fired.push(firing(event, each));
  };
  const track = (what: string, elements: readonly Node[]): void => {
    for (const each of elements) fire(`${what}.${each.attributes['event']}`, [each]);
  };

  const showIcons = (name: string, homesByHop: readonly (readonly Node[])[], others: readonly Node[] = []): void => {
    for (const icon of iconsOf(homesByHop).filter((each) => !others.includes(each))) {
      offered.push(`${name} ${canonical(icon, TRACKERS)}`);
      fire(`${name}.icon(${keyOf(icon)}).view`, at(icon, 'IconViewTracking'));
      fire(`${name}.icon(${keyOf(icon)}).click`, at(icon, 'IconClicks', 'IconClickTracking'));
    }
  };

  for (const hop of hops) {
    fire('impression', at(hop, 'Impression'));
    fire('error', at(hop, 'Error'));
    for (const [name, event] of Object.entries(VIEWABLE)) fire(event, at(hop, 'ViewableImpression', name));
    for (const each of verificationsOf(hop)) {
      offered.push(canonical(each));
      track('verification', at(each, 'TrackingEvents', 'Tracking'));
    }
    for (const each of at(hop, 'Extensions', 'Extension'))
      if (!isVerificationHome(each) && !isPortfolio(each)) offered.push(canonical(each));
  }

  for (const [index, linear] of creatives(inLine, 'Linear').entries()) {
    const name = `linear${index}`;
    const linears = [linear, ...closestFirst.flatMap((each) => creatives(each, 'Linear'))];
    offered.push(`${name} ${canonical(linear, TRACKERS)}`);
    for (const each of linears) {
      track(name, at(each, 'TrackingEvents', 'Tracking'));
      for (const [click, event] of Object.entries(CLICKS)) fire(`${name}.${event}`, at(each, 'VideoClicks', click));
    }
    const clickThrough = linears.flatMap((each) => at(each, 'VideoClicks', 'ClickThrough')).find(({ text }) => text);
    if (clickThrough !== undefined) offered.push(`${name} ${canonical(clickThrough)}`);
    showIcons(name, [[linear], ...closestFirst.map((each) => creatives(each, 'Linear'))]);
  }

  for (const [index, ads] of creatives(inLine, 'NonLinearAds').entries()) {
    const name = `nonLinear${index}`;
    const all = [ads, ...closestFirst.flatMap((each) => creatives(each, 'NonLinearAds'))];
    for (const each of all) track(name, at(each, 'TrackingEvents', 'Tracking'));
    for (const nonLinear of at(ads, 'NonLinear')) {
      offered.push(`${name} ${canonical(nonLinear, TRACKERS)}`);
      const ofWrappers = all.slice(1).flatMap((each) => at(each, 'NonLinear'));
      for (const each of [nonLinear, ...ofWrappers]) {
        fire(`${name}(${keyOf(nonLinear)}).clickTracking`, at(each, 'NonLinearClickTracking'));
        fire(`${name}(${keyOf(nonLinear)}).customClick`, at(each, 'NonLinearCustomClick'));
      }
    }
    showIcons(name, [[ads], ...closestFirst.map((each) => creatives(each, 'NonLinearAds'))]);
  }

  // The extensions that stand for NonLinears are one over all hops. Each of the InLine's own takes what all wrappers have,
  // for NonLinears too where it has no other; without any the first of the closest wrapper takes what those above have.
  const ownPortfolios = portfoliosOf(inLine);
  const isOwn = ownPortfolios.length > 0;
  const byHop = isOwn
    ? [ownPortfolios, ...closestFirst.map(portfoliosOf)]
    : closestFirst.map(portfoliosOf).filter((each) => each.length > 0);
  const [base = [], ...above] = byHop;
  const nonLinears = isOwn && creatives(inLine, 'NonLinearAds').length === 0 ? closestFirst : [];
  for (const [index, portfolio] of base.entries()) {
    const name = `portfolio${index}`;
    const takesRest = isOwn || index === 0;
    const closest = isOwn ? [portfolio] : base;
    const rest = takesRest ? above : [];
    const fallback = nonLinears.flatMap((each) => creatives(each, 'NonLinearAds'));
    for (const each of [portfolio, ...rest.flat(), ...fallback]) {
      track(name, at(each, 'TrackingEvents', 'Tracking'));
      for (const clicked of [each, ...at(each, 'NonLinear')]) {
        fire(`${name}.clickTracking`, at(clicked, 'NonLinearClickTracking'));
        fire(`${name}.customClick`, at(clicked, 'NonLinearCustomClick'));
      }
    }
    const others = closest.filter((each) => each !== portfolio).flatMap((each) => at(each, 'Icons', 'Icon'));
    showIcons(name, takesRest ? [closest, ...rest] : [[portfolio]], others);
    offered.push(`${name} ${canonical(portfolio, new Set([...TRACKERS, ...SIGNALS]))}`);
    for (const signal of SIGNALS) {
      const isSaid = closest.some((each) => at(each, signal).length > 0);
      const hops = rest.map((each) => each.flatMap((one) => at(one, signal)));
      const said = isSaid ? at(portfolio, signal) : (hops.find((each) => each.length > 0) ?? []);
      offered.push(...said.map((each) => `${name} ${canonical(each)}`));
    }
  }

  const companions = (hop: Node): readonly Node[] =>
    creatives(hop, 'CompanionAds').flatMap((each) => at(each, 'Companion'));
  const own = companions(inLine);
  const trackersOnly = closestFirst.flatMap(companions).filter((each) => !hasResource(each));
  const further = closestFirst.flatMap(companions).filter(hasResource);
  for (const companion of [...own, ...further]) {
    const trackers = own.includes(companion)
      ? trackersOnly.filter((each) => targets(each, own).includes(companion))
      : [];
    offered.push(canonical(companion, TRACKERS));
    for (const each of [companion, ...trackers]) {
      track(`companion(${keyOf(companion)})`, at(each, 'TrackingEvents', 'Tracking'));
      fire(`companion(${keyOf(companion)}).clickTracking`, at(each, 'CompanionClickTracking'));
    }
  }

  for (const each of inLine.children) if (!PLAYED.has(each.name)) offered.push(canonical(each));
  return { fired: fired.sort(), offered: offered.sort() };
}

/** The ads that a player plays of a document without wrappers: a pod in its order, or the first stand-alone ad. */
export function adsOf(text: string): readonly Node[] {
  const ads = at(readTree(text), 'Ad');
  const slots = ads.length > 1 ? ads.filter(({ attributes }) => attributes['sequence'] !== undefined) : [];
  if (slots.length === 0) return ads.slice(0, 1);
  return [...slots].sort((a, b) => Number(a.attributes['sequence']) - Number(b.attributes['sequence']));
}

/** Plays a document that needs nothing further. */
export function playDocument(text: string): readonly Play[] {
  return adsOf(text).map((ad) => {
    const [inLine] = at(ad, 'InLine');
    if (inLine === undefined) throw new Error('the document holds an Ad without an InLine');
    return play({ wrappers: [], inLine });
  });
}

function firing(event: string, { attributes, text }: Node): string {
  const { event: _event, offset, ...others } = attributes;
  return `${event}${offset === undefined ? '' : `@${offset}`} ${JSON.stringify(others)} ${text}`;
}

function creatives(hop: Node, kind: string): readonly Node[] {
  return at(hop, 'Creatives', 'Creative', kind);
}

/** Is it an extension that holds verifications, their home before 4.1? */
export function isVerificationHome(extension: Node): boolean {
  return extension.attributes['type'] === 'AdVerifications';
}

const isPortfolio = (extension: Node): boolean => extension.attributes['type'] === 'ctv_ad_portfolio';
const portfoliosOf = (hop: Node): readonly Node[] => at(hop, 'Extensions', 'Extension').filter(isPortfolio);

/** Verifications stand in AdVerifications, and before 4.1 in an extension; each one is run [VAST 4.3, 3.16]. */
function verificationsOf(hop: Node): readonly Node[] {
  const homes = at(hop, 'Extensions', 'Extension').filter(isVerificationHome);
  return [
    ...at(hop, 'AdVerifications', 'Verification'),
    ...homes.flatMap((each) => [...at(each, 'AdVerifications', 'Verification'), ...at(each, 'Verification')]),
  ];
}

/** Of two hops that have an icon of the same program, the one closer to the InLine is shown [VAST 4.3, 3.11]. */
function iconsOf(homesByHop: readonly (readonly Node[])[]): readonly Node[] {
  const shown: Node[] = [];
  const taken = new Set<string>();
  for (const homes of homesByHop) {
    const icons = homes.flatMap((each) => at(each, 'Icons', 'Icon'));
    const programs = icons.map(({ attributes }) => attributes['program'] ?? '').filter((each) => each !== '');
    shown.push(...icons.filter(({ attributes }) => !taken.has(attributes['program'] ?? '')));
    for (const each of programs) taken.add(each);
  }
  return shown;
}

function hasResource(companion: Node): boolean {
  return companion.children.some(({ name, text }) => RESOURCES.includes(name) && text !== '');
}

/** The InLine's companions that the trackers of a wrapper's companion without a resource belong to. */
function targets({ attributes: { id, width, height } }: Node, own: readonly Node[]): readonly Node[] {
  const sameId = own.filter(({ attributes }) => id !== undefined && attributes['id'] === id);
  if (sameId.length > 0) return sameId;
  const sameSize = own.filter(({ attributes }) => attributes['width'] === width && attributes['height'] === height);
  return sameSize.length > 0 ? sameSize : own;
}

/** Tells creatives of one ad apart: their URLs are. */
function keyOf(creative: Node): string {
  return creative.children.find(({ name }) => RESOURCES.includes(name))?.text ?? '';
}
