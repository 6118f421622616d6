import { SaxesParser } from 'saxes';

/** An element without offsets, to compare two readers by. */
export type PlainElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly PlainElement[];
};

type Open = { name: string; attributes: Record<string, string>; text: string; children: Open[] };

/** The name of an encoding says nothing of a text that is decoded already: ours passes over it. */
const ENCODING = /^(\ufeff?<\?xml[^>]*?\sencoding\s*=\s*)(?:"[^"<>]*"|'[^'<>]*')/;

/** Reads a document with saxes, a strict parser that has nothing in common with ours. Throws on what is malformed. */
export function readWithSaxes(text: string): PlainElement {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const document: Open = { name: '', attributes: {}, text: '', children: [] };
  const open = [document];
  const addText = (part: string): void => void (open.at(-1)!.text += part);
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = { name, attributes: { ...attributes }, text: '', children: [] };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    const element = open.pop()!;
    element.text = element.text.trim();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text.replace(ENCODING, '$1"UTF-8"')).close();
  return document.children[0]!;
}
