import { creativesOf } from './creative.ts';
import { children, descendants, type Element } from './element.ts';
import { extensionType } from './standard-extensions.ts';

/** An element of 4.x that stands in an extension, and the Creative that it belongs to. */
export type Extended = { readonly element: Element; readonly creative: Element | null };

/** Elements that the CTV Addendum 2024 puts into an extension of their name, so that 2.0 and 3.0 have them too. */
export type ExtendedName = 'UniversalAdId' | 'InteractiveCreativeFile' | 'Mezzanine' | 'Icon';

/**
 * The elements of a name that stand in extensions of that type: those of the InLine (2.0), which name the Creative or the
 * MediaFile that they belong to and are the first Creative's where they do not, and those of a Creative (3.0), directly
 * below it or, as the schema of 3.0 has it, in its Linear. 4.x may have them too [CTV Addendum 2024].
 */
export function extendedElements(body: Element, name: ExtendedName): readonly Extended[] {
  const within = (extensions: readonly Element[]): readonly Element[] =>
    extensions.filter((each) => extensionType(each) === name).flatMap((each) => children(each, name));
  const creatives = creativesOf(body);
  return [
    ...within(descendants(body, 'Extensions', 'Extension')).map((element) => ({
      element,
      creative: ownerOf(element, creatives),
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

function ownerOf({ attributes }: Element, creatives: readonly Element[]): Element | null {
  const [creativeId, fileId] = [attributes.get('creativeId'), attributes.get('mediaFileId')];
  const named = creatives.find(
    (creative) =>
      (creativeId !== undefined && creative.attributes.get('id') === creativeId) ||
      (fileId !== undefined &&
        descendants(creative, 'Linear', 'MediaFiles', 'MediaFile').some(
          (each) => each.attributes.get('id') === fileId,
        )),
  );
  return named ?? creatives[0] ?? null;
}
