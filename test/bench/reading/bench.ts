import { XMLParser } from 'fast-xml-parser';
import { parseXml } from '../../../src/vast/xml.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { createIds, inLine, wrapper } from '../unwrap/documents.ts';

// CPU of reading one document, none of which is ever the same as another, beside fast-xml-parser on the same texts.

const ROUNDS = 21;
const DOCUMENTS = 300;

type Read = (text: string) => unknown;

/** Everything that the reader leaves to those who ask. */
function askAll(text: string): void {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.defect.message);
  const pending = [parsed.root];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    void element.text;
    void element.attributes;
    pending.push(...element.children);
  }
}

const fxp = new XMLParser({ ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false });
const READERS: Readonly<Record<string, Read>> = {
  'fast-xml-parser': (text) => fxp.parse(text) as unknown,
  read: (text) => parseXml(text),
  'read, and everything asked': askAll,
};

/** Prints µs of CPU per document, and each as a share of fast-xml-parser. */
export function benchReading(): Promise<unknown> {
  const ids = createIds();
  const documents = {
    'InLine, 7 KB': () => received(inLine(ids())),
    'wrapper, 2.5 KB': () => received(wrapper('a', 'https://b.example/v', ids())),
  };
  const rows = Object.entries(documents).flatMap(([document, make]) => {
    const micros = new Map<string, number[]>(Object.keys(READERS).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, read] of Object.entries(READERS)) micros.get(name)!.push(measure(read, make));
    }
    // The first rounds are the compiler's.
    const of = (name: string): number => median(micros.get(name)!.slice(5));
    return Object.keys(READERS).map((reader) => ({
      document,
      reader,
      micros: +of(reader).toFixed(1),
      'of fast-xml-parser': +(of(reader) / of('fast-xml-parser')).toFixed(2),
    }));
  });
  printTable('µs of CPU per document that was never read before, median', rows);
  return Promise.resolve(rows);
}

function measure(read: Read, make: () => string): number {
  const texts = Array.from({ length: DOCUMENTS }, make);
  const before = process.cpuUsage();
  for (const text of texts) read(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / DOCUMENTS;
}

/** The text as it comes from a socket: flat, and in memory of its own. */
const received = (text: string): string => Buffer.from(text).toString();
