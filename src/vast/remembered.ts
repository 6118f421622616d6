import type { Element } from './element.ts';

/** What follows from an element alone is worked out once for each, however often it is asked for. */
export function remembered<Value>(make: (element: Element) => Value): (element: Element) => Value {
  const known = new WeakMap<Element, { readonly value: Value }>();
  return (element) => {
    let found = known.get(element);
    if (found === undefined) {
      found = { value: make(element) };
      known.set(element, found);
    }
    return found.value;
  };
}
