/** Something that is wrong with a text, and what was made of it. */
export type Mistake = {
  /** Where it stands in the text as received, in UTF-16 units. */
  readonly offset: number;
  /** 1 for the first. */
  readonly line: number;
  /** What was done about it, for people. Never quotes the document. */
  readonly message: string;
};

type Edit = { readonly start: number; readonly end: number; readonly put: string };
type Noted = { readonly offset: number; readonly message: string };

/** With more mistakes than these a document is something else than VAST with mistakes. */
const MAX_EDITS = 500;

/** Changes of one text, in document order, none of which overlap. */
export class Edits {
  readonly #edits: Edit[] = [];
  readonly #noted: Noted[] = [];

  get isFull(): boolean {
    return this.#noted.length > MAX_EDITS;
  }

  /** Notes what was done otherwise. */
  note(offset: number, message: string): void {
    this.#noted.push({ offset, message });
  }

  /** `message` is null where the change is part of one that was noted. */
  replace(start: number, end: number, put: string, message: string | null): void {
    this.#edits.push({ start, end, put });
    if (message !== null) this.note(start, message);
  }

  /** What stood there goes, but for its line ends: all that follows stays in its line. */
  remove(text: string, start: number, end: number, message: string): void {
    this.replace(start, end, text.slice(start, end).replace(/[^\n]+/g, ''), message);
  }

  /** Forgets the changes from an offset on. */
  undoFrom(offset: number): void {
    while (this.#edits.length > 0 && this.#edits.at(-1)!.start >= offset) this.#edits.pop();
    while (this.#noted.length > 0 && this.#noted.at(-1)!.offset >= offset) this.#noted.pop();
  }

  applyTo(text: string): string {
    const pieces: string[] = [];
    let from = 0;
    for (const { start, end, put } of this.#edits) {
      pieces.push(text.slice(from, start), put);
      from = end;
    }
    pieces.push(text.slice(from));
    return pieces.join('');
  }

  /** What was noted, in the order of the text. */
  mistakesIn(text: string): readonly Mistake[] {
    let [line, lineEnd] = [1, text.indexOf('\n')];
    return this.#noted
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ offset, message }) => {
        for (; lineEnd !== -1 && lineEnd < offset; lineEnd = text.indexOf('\n', lineEnd + 1)) line += 1;
        return { offset, line, message };
      });
  }
}
