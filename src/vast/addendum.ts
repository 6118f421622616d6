import { creativesOf } from './creative.ts';
import { children, descendants, type Element } from './element.ts';
import { remembered } from './remembered.ts';
import { extensionType } from './standard-extensions.ts';

/** An element of 4.x that stands in an extension, and the Creative that it belongs to. */
export type Extended = { readonly element: Element; readonly creative: Element | null };

/** Elements that the CTV Addendum 2024 puts into an extension of their name, so that 2.0 and 3.0 have them too. */
export type ExtendedName = 'UniversalAdId' | 'InteractiveCreativeFile' | 'Mezzanine' | 'Icon';

/** The Creatives of an InLine that an extension gives a registered id to. */
export const creativesWithExtendedId = remembered(
  (body): ReadonlySet<Element | null> =>
    new Set(extendedElements(body, 'UniversalAdId').map(({ creative }) => creative)),
);

/**
 * The elements of a name that stand in extensions of that type: those of the InLine (2.0), which name the Creative or the
 * MediaFile that they belong to and are the first Creative's where they do not, and those of a Creative (3.0), directly
 * below it or, as the schema of 3.0 has it, in its Linear. 4.x may have them too [CTV Addendum 2024].
 */
export function extendedElements(body: Element, name: ExtendedName): readonly Extended[] {
  const within = (extensions: readonly Element[]): readonly Element[] =>
    extensions.filter((each) => extensionType(each) === name).flatMap((each) => children(each, name));
  const creatives = creativesOf(body);
  const ownerOf = createOwnerOf(creatives);
  return [
    ...within(descendants(body, 'Extensions', 'Extension')).map((element) => ({
      element,
      creative: ownerOf(element),
    })),
    ...creatives.flatMap((creative) => within(creativeExtensions(creative)).map((element) => ({ element, creative }))),
  ];
}

function creativeExtensions(creative: Element): readonly Element[] {
  return [
    ...descendants(creative, 'CreativeExtensions', 'CreativeExtension'),
    ...descendants(creative, 'Linear', 'CreativeExtensions', 'CreativeExtension'),
  ];
}

/** Finds the Creative that an element names by its id, or by that of a MediaFile in it; else it is the first. */
function createOwnerOf(creatives: readonly Element[]): (element: Element) => Element | null {
  let byId: ReadonlyMap<string, Element> | null = null;
  const index = (): ReadonlyMap<string, Element> => {
    const all = creatives.flatMap((creative) => [
      ...descendants(creative, 'Linear', 'MediaFiles', 'MediaFile').map(
        (file) => [`file ${idOf(file)}`, creative] as const,
      ),
      [`creative ${idOf(creative)}`, creative] as const,
    ]);
    return new Map(all.toReversed());
  };
  return ({ attributes }) => {
    const [creativeId, fileId] = [attributes.get('creativeId'), attributes.get('mediaFileId')];
    if (creativeId === undefined && fileId === undefined) return creatives[0] ?? null;
    byId ??= index();
    return byId.get(`creative ${creativeId}`) ?? byId.get(`file ${fileId}`) ?? creatives[0] ?? null;
  };
}

const idOf = ({ attributes }: Element): string => attributes.get('id') ?? '';
