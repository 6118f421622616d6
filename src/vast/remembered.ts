import type { Element } from './element.ts';

const itself = (subject: unknown): Element => subject as Element;

/**
 * What follows from an element alone, or from what has an element of its own such as a document, is worked out once for
 * each, however often it is asked for. It is kept in the element: what a WeakMap holds V8 keeps until the next full
 * collection, with the texts and trees of documents that nobody has any more.
 */
export function remembered<Value, Subject = Element>(
  make: (subject: Subject) => Value,
  elementOf: (subject: Subject) => Element = itself,
): (subject: Subject) => Value {
  return (subject) => {
    const { notes } = elementOf(subject);
    let value = notes.get(make) as Value | undefined;
    if (value === undefined && !notes.has(make)) {
      value = make(subject);
      notes.set(make, value);
    }
    return value as Value;
  };
}
