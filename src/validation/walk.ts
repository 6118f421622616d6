import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import { schemaOf, type ElementSchema } from '../vast/schema.ts';
import { macrosIn } from './macro-check.ts';
import type { Place } from './rule.ts';

/** What verifications before 4.1 are written like, inside their Extension. */
const VERIFICATIONS = schemaOf('4.1').children!.get('Ad')!.element.children!.get('InLine')!.element.children!;

/**
 * Visits every element of a document once, parents first. What stands inside an unknown element, or in an extension of
 * somebody's own, is nobody's business; an extension with AdVerifications is ours.
 */
export function walk(document: VastDocument, visit: (place: Place) => void): void {
  const enter = (element: Element, parent: Place | null, schema: ElementSchema | null, isFirst: boolean): void => {
    const body = element.name === 'InLine' || element.name === 'Wrapper' ? element.name : (parent?.body ?? null);
    const place: Place = { element, parent, schema, body, isFirst, macros: macrosIn(element.text), document };
    visit(place);
    if (schema === null) return;
    const children = childrenSchema(element, schema);
    if (children === null) return;
    const names = new Set<string>();
    for (const each of element.children) {
      const isFirstOfName = !names.has(each.name);
      names.add(each.name);
      enter(each, place, children.get(each.name)?.element ?? null, isFirstOfName);
    }
  };
  enter(document.root, null, schemaOf(document.version), true);
}

function childrenSchema(element: Element, schema: ElementSchema): ElementSchema['children'] {
  if (element.name === 'Extension' && element.attributes.get('type') === 'AdVerifications') return VERIFICATIONS;
  return schema.children;
}
