import fc from 'fast-check';
import { VERSIONS } from '../../src/vast/document.ts';
import { schemaOf, type ElementSchema } from '../../src/vast/schema.ts';

const VALUES = ['', ' ', '0', '-1', '1', '640', 'true', 'unknown', '00:00:15', '00:00:00.5', '200%', 'video/mp4', 'audio/mpeg', 'VPAID', 'SIMID', 'start', 'progress', 'PROGRESS', 'é', 'AdVerifications', 'streaming']; // prettier-ignore
const TEXTS = ['', 'x', '15', '00:00:15', 'https://a.example/?b=[CACHEBUSTING]&amp;c=${D}', 'http://127.0.0.1/', 'data:,', '[ [', 'https%3A%2F%2Fa', '%%X%%', '{{', 'about:blank']; // prettier-ignore

/** Documents of any version built along its schema: elements and attributes in their places, values of every kind. */
export const vastDocument: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...VERSIONS), fc.array(fc.nat(10_000), { minLength: 20, maxLength: 300 }))
  .map(([version, choices]) => {
    let at = 0;
    const choose = (count: number): number => (at < choices.length ? choices[at++]! % count : 0);
    const pick = <T>(list: readonly T[]): T => list[choose(list.length)]!;

    const write = (schema: ElementSchema): string => {
      const names = [...(schema.attributes?.keys() ?? [])].filter(() => choose(3) > 0);
      const attributes = names.map((name) => ` ${name}="${pick(VALUES)}"`).join('');
      const children = [...(schema.children?.values() ?? [])];
      const content = children
        .flatMap(({ element }) => Array.from({ length: choose(3) }, () => write(element)))
        .join('');
      return `<${schema.name}${attributes}>${children.length === 0 ? pick(TEXTS) : content}</${schema.name}>\n`;
    };
    return write(schemaOf(version)).replace(/^<VAST[^>]*>/, `<VAST version="${version}">`);
  });
