import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import type { ElementSchema } from '../vast/schema.ts';
import { macrosIn } from './macro-check.ts';
import { hostOf } from './urls.ts';

/** An element where the walk through a document stands. Nothing of a request: what is found is remembered. */
export class Place {
  readonly element: Element;
  readonly parent: Place | null;
  /** What the document's version allows of it here; null where it knows no such element. */
  readonly schema: ElementSchema | null;
  /** The body that it stands in; null above. */
  readonly body: 'InLine' | 'Wrapper' | null;
  /** Is it the first of its name among its siblings? */
  readonly isFirst: boolean;
  readonly document: VastDocument;
  #macros: readonly string[] | null = null;
  #host: string | null | undefined = undefined;

  constructor(
    document: VastDocument,
    element: Element,
    parent: Place | null,
    schema: ElementSchema | null,
    isFirst: boolean,
  ) {
    this.document = document;
    this.element = element;
    this.parent = parent;
    this.schema = schema;
    this.isFirst = isFirst;
    const { name } = element;
    this.body = name === 'InLine' || name === 'Wrapper' ? name : (parent?.body ?? null);
  }

  /** The names of the macros in its text; read when a rule asks. */
  get macros(): readonly string[] {
    this.#macros ??= macrosIn(this.element.text);
    return this.#macros;
  }

  /** The host of the URL in its text, as `hostOf` has it; read when a rule asks. */
  get host(): string | null {
    if (this.#host === undefined) this.#host = hostOf(this.element.text);
    return this.#host;
  }
}
