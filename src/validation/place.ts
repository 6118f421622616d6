import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import type { ElementSchema } from '../vast/schema.ts';
import { KNOWN_MACROS, macrosIn } from './macro-names.ts';

/** So many strange attributes of an element are named: nobody writes more by hand. */
const MAX_STRANGE = 20;
const NONE: readonly string[] = [];
const isUnknown = (macro: string): boolean => !KNOWN_MACROS.has(macro);

/**
 * An element that the walk through a document has reached, with what rules ask of it. It holds nothing of a request,
 * since what is found is remembered with the document.
 */
export class Place {
  readonly element: Element;
  readonly parent: Place | null;
  /** What the document's version allows of it here; null where it knows no such element. */
  readonly schema: ElementSchema | null;
  /** The body that it stands in; null above. */
  readonly body: 'InLine' | 'Wrapper' | null;
  /** May it stand once where it stands, and does one of its name stand before it? */
  readonly isAgain: boolean;
  readonly document: VastDocument;
  #macros: readonly string[] | null = null;
  #unknownMacros: readonly string[] | null = null;
  #strangeAttributes: readonly string[] | null = null;

  constructor(
    document: VastDocument,
    element: Element,
    parent: Place | null,
    schema: ElementSchema | null,
    isAgain: boolean,
  ) {
    this.document = document;
    this.element = element;
    this.parent = parent;
    this.schema = schema;
    this.isAgain = isAgain;
    const { name } = element;
    this.body = name === 'InLine' || name === 'Wrapper' ? name : (parent?.body ?? null);
  }

  /** The first attributes that its schema does not have. */
  get strangeAttributes(): readonly string[] {
    this.#strangeAttributes ??= readStrangeAttributes(this.element, this.schema);
    return this.#strangeAttributes;
  }

  /** The names of the macros in its text; read when a rule asks. */
  get macros(): readonly string[] {
    this.#macros ??= macrosIn(this.element.text);
    return this.#macros;
  }

  /** Those of them that the specification does not have. */
  get unknownMacros(): readonly string[] {
    this.#unknownMacros ??= this.macros.some(isUnknown) ? this.macros.filter(isUnknown) : NONE;
    return this.#unknownMacros;
  }
}

function readStrangeAttributes({ attributes }: Element, schema: ElementSchema | null): readonly string[] {
  const strange: string[] = [];
  for (const name of attributes.keys()) {
    if (strange.length < MAX_STRANGE && schema !== null && isStrange(name, schema)) strange.push(name);
  }
  return strange;
}

/** Is it an attribute that its schema does not have? Those of a namespace are somebody else's. */
export function isStrange(name: string, { attributes }: ElementSchema): boolean {
  return attributes !== null && !attributes.has(name) && name !== 'xmlns' && !name.includes(':');
}
