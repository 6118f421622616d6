import { extensionContent } from '../vast/standard-extensions.ts';
import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import { schemaOf, type ElementSchema } from '../vast/schema.ts';
import { Place } from './place.ts';

/** What verifications before 4.1 are written like, inside their Extension. */
const VERIFICATIONS = schemaOf('4.1').children!.get('Ad')!.element.children!.get('InLine')!.element.children!;

/**
 * Visits every element of a document once, parents first. What stands inside an unknown element, or in an extension of
 * somebody's own, is not visited. Of a standard extension only what belongs to it is.
 */
export function walk(document: VastDocument, visit: (place: Place) => void): void {
  const enter = (place: Place): void => {
    visit(place);
    const { element, schema } = place;
    if (schema === null || element.children.length === 0) return;
    const schemas = schema.children ?? contentOf(element);
    if (schemas === null) return;
    // of those that may stand once: there are as many as the schema has names
    const seen: string[] = [];
    const { children } = element;
    for (let i = 0; i < children.length; i += 1) {
      const each = children[i]!;
      const known = schemas.get(each.name);
      if (known === undefined && schema.children === null && schemas !== VERIFICATIONS) continue;
      const mayRepeat = schema.children === null || known?.repeatable !== false;
      const isAgain = !mayRepeat && seen.includes(each.name);
      if (!mayRepeat && !isAgain) seen.push(each.name);
      enter(new Place(document, each, place, known?.element ?? null, isAgain));
    }
  };
  enter(new Place(document, document.root, null, schemaOf(document.version), false));
}

/** What an extension may hold; null where that is its owner's matter. */
function contentOf(element: Element): ElementSchema['children'] {
  if (element.name === 'Extension' && element.attributes.get('type') === 'AdVerifications') return VERIFICATIONS;
  return extensionContent(element);
}
