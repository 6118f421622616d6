import type { AdChain } from './player.ts';
import { at, readTree, type Node } from './vast-tree.ts';

/** What an ad server answers: null for no usable reply. `url` is where it came from after redirects. */
export type AskAdServer = (uri: string) => Promise<{ readonly url: string; readonly body: string } | null>;

export type Followed = {
  /** What is to be played: one ad, the ads of a pod in their order, or none. */
  readonly ads: readonly AdChain[];
  /** What was asked for, in order. */
  readonly asked: readonly string[];
  /** The Error URLs that are fired for branches without an ad, with their code. */
  readonly told: readonly string[];
};

type Place = {
  readonly body: string;
  readonly url: string | null;
  /** The tag URIs of the branch, this document's own included. */
  readonly uris: readonly string[];
  readonly wrappers: readonly Node[];
  /** The root of a document with a single ad: where that is none, the root's own Error is told. */
  readonly alone?: readonly Node[];
};

/** Follows a tag, or a document, the way a player does [VAST 4.3, 2.3.5 and 3.19], up to five wrappers. */
export async function followAsPlayer(
  entry: { readonly uri: string } | { readonly document: string },
  ask: AskAdServer,
  maxWrappers = 5,
): Promise<Followed> {
  const asked: string[] = [];
  const told: string[] = [];
  /** No ad: the wrappers that were read are told why, and `own`, where that is known. */
  const fail = (code: number, wrappers: readonly Node[], own: readonly Node[] = []): [] => {
    const urls = [...wrappers, ...own].flatMap((each) => at(each, 'Error')).map(({ text }) => text);
    told.push(...urls.filter((url) => url !== '').map((url) => url.replaceAll('[ERRORCODE]', String(code))));
    return [];
  };

  async function follow(uri: string, uris: readonly string[], wrappers: readonly Node[]): Promise<readonly AdChain[]> {
    asked.push(uri);
    const reply = await ask(uri);
    if (reply === null) return fail(301, wrappers);
    return followDocument({ ...reply, uris: [...uris, uri], wrappers });
  }

  async function followDocument(place: Place): Promise<readonly AdChain[]> {
    const root = readOrNull(place.body);
    if (root === null) return fail(100, place.wrappers);
    if (root.name !== 'VAST') return fail(101, place.wrappers);
    const parent = place.wrappers.at(-1);
    const all = at(root, 'Ad').slice(0, 20);
    if (all.length === 1) place = { ...place, alone: [root] };
    const usable = flag(parent, 'followAdditionalWrappers', true)
      ? all
      : all.filter((ad) => at(ad, 'Wrapper').length === 0);
    const isSlot = (ad: Node): boolean => usable.length > 1 && sequenceOf(ad) !== null;
    const standAlone = usable.filter((ad) => !isSlot(ad));
    const isSingle = parent !== undefined && !flag(parent, 'allowMultipleAds', false);
    // The root's own Error belongs to a document without any Ad [2.3.6.4].
    if ((isSingle ? standAlone : usable).length === 0) return fail(303, place.wrappers, all.length === 0 ? [root] : []);
    if (isSingle) return inTurn(standAlone.slice(0, 1), place);
    const slots = usable.filter(isSlot).sort((a, b) => sequenceOf(a)! - sequenceOf(b)!);
    return slots.length === 0 ? inTurn(standAlone, place) : pod(slots, standAlone, place);
  }

  /** Takes ads off the list until one leads to something to play. */
  async function inTurn(queue: readonly Node[], place: Place, spares?: Node[]): Promise<readonly AdChain[]> {
    const waiting = spares ?? [...queue];
    for (let ad = waiting.shift(); ad !== undefined; ad = waiting.shift()) {
      const ads = await followAd(ad, place);
      if (ads.length > 0) return ads;
      if (!flag(at(ad, 'Wrapper')[0], 'fallbackOnNoAd', true)) return [];
    }
    return [];
  }

  async function pod(slots: readonly Node[], standAlone: readonly Node[], place: Place): Promise<readonly AdChain[]> {
    const spares = [...standAlone];
    const filled: (readonly AdChain[])[] = [];
    for (const slot of slots) filled.push(await followAd(slot, place));
    for (const [index, slot] of slots.entries()) {
      const mayFill = filled[index]!.length === 0 && flag(at(slot, 'Wrapper')[0], 'fallbackOnNoAd', true);
      if (mayFill) filled[index] = await inTurn([], place, spares);
    }
    return filled.flat();
  }

  async function followAd(ad: Node, { url, uris, wrappers, alone }: Place): Promise<readonly AdChain[]> {
    const [[inLine], [wrapper]] = [at(ad, 'InLine'), at(ad, 'Wrapper')];
    if (inLine !== undefined && wrapper === undefined) {
      if (!isShown(inLine)) return fail(linearsOf(inLine).length > 0 ? 401 : 303, wrappers, [inLine, ...(alone ?? [])]);
      return isBlocked(inLine, wrappers) ? fail(205, wrappers, [inLine]) : [{ inLine, wrappers }];
    }
    if (wrapper === undefined || inLine !== undefined) return fail(101, wrappers, ad.children);
    if (wrappers.length >= maxWrappers) return fail(302, wrappers, [wrapper]);
    const tag = at(wrapper, 'VASTAdTagURI')[0] ?? at(wrapper, 'VASTAdTagURL')[0];
    const written = tag === undefined ? '' : tag.text || (at(tag, 'URL')[0]?.text ?? '');
    const uri = /^[a-z][a-z0-9+.-]*:/i.test(written) ? written : URL.parse(written, url ?? undefined)?.href;
    if (written === '' || uri === undefined || uris.includes(uri)) return fail(300, wrappers, [wrapper]);
    return follow(uri, uris, [...wrappers, wrapper]);
  }

  const ads =
    'uri' in entry
      ? await follow(entry.uri, [], [])
      : await followDocument({ body: entry.document, url: null, uris: [], wrappers: [] });
  return { ads, asked, told };
}

function readOrNull(body: string): Node | null {
  try {
    return readTree(body);
  } catch {
    return null;
  }
}

function flag(wrapper: Node | undefined, name: string, otherwise: boolean): boolean {
  const value = wrapper?.attributes[name]?.trim().toLowerCase();
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : otherwise;
}

function sequenceOf(ad: Node): number | null {
  const value = ad.attributes['sequence'] ?? '';
  return /^\d+$/.test(value) && Number(value) > 0 ? Number(value) : null;
}

const linearsOf = (inLine: Node): readonly Node[] => at(inLine, 'Creatives', 'Creative', 'Linear');

/** Is there a file to play, or a resource to show? */
function isShown(inLine: Node): boolean {
  const creatives = at(inLine, 'Creatives', 'Creative');
  const portfolios = at(inLine, 'Extensions', 'Extension').filter(
    ({ attributes }) => attributes['type'] === 'ctv_ad_portfolio',
  );
  const nonLinears = creatives.flatMap((each) => at(each, 'NonLinearAds', 'NonLinear'));
  const files = [...linearsOf(inLine), ...nonLinears, ...portfolios]
    .flatMap((each) => at(each, 'MediaFiles'))
    .flatMap((each) => [...at(each, 'MediaFile'), ...at(each, 'InteractiveCreativeFile'), ...at(each, 'Mezzanine')]);
  const resources = creatives
    .flatMap((each) => [...at(each, 'NonLinearAds', 'NonLinear'), ...at(each, 'CompanionAds', 'Companion')])
    .flatMap(({ children }) => children.filter(({ name }) => /Resource$/.test(name)));
  return [...files, ...resources].some(({ text }) => text !== '');
}

function isBlocked(inLine: Node, wrappers: readonly Node[]): boolean {
  const blocked = wrappers
    .flatMap((each) => at(each, 'BlockedAdCategories'))
    .flatMap(({ text }) => text.split(',').map((each) => each.trim()));
  return at(inLine, 'Category').some(({ text }) => text !== '' && blocked.includes(text));
}
