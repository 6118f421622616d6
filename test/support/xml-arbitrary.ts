import fc from 'fast-check';

const name = fc.constantFrom(
  'VAST',
  'Ad',
  'InLine',
  'Tracking',
  'x:Extension',
  'é',
  '_-.1',
  'constructors',
  'toString',
);
const space = fc.constantFrom('', ' ', '\n', '\r\n\t', '\r');
const character = fc.constantFrom('a', '/', '>', '"', "'", '=', ' ', '\n', '\r\n', '\t', 'é', '😀', ']', '&amp;', '&lt;', '&#38;', '&#x41;', '&#10;', '&#x1F600;'); // prettier-ignore
const text = fc.array(character, { maxLength: 6 }).map((parts) => parts.join('').replace(/\]+(>|$)/g, ''));
const comment = fc.constantFrom('<!-- -->', '<!--<a b="-->', `<!-- it's "&" ]]> -->`);
const section = fc.constantFrom(
  '<![CDATA[]]>',
  '<![CDATA[ <a & "b> ]] > ]]>',
  '<![CDATA[<!DOCTYPE x>]]>',
  '<![CDATA[é\r\n]]>',
);
const instruction = fc.constantFrom('<?a?>', `<?b it's "odd" < & ?>`);
const attributes = fc
  .uniqueArray(fc.tuple(name, text, fc.constantFrom('"', "'"), space), { selector: ([each]) => each, maxLength: 3 })
  .map((list) => list.map(([key, value, quote, gap]) => ` ${gap}${key}${gap}=${quote}${value.replaceAll(quote, '')}${quote}`).join('')); // prettier-ignore

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, space, fc.option(fc.array(tie('content'), { maxLength: 4 }), { nil: null }))
    .map(([tag, list, gap, content]) =>
      content === null ? `<${tag}${list}${gap}/>` : `<${tag}${list}${gap}>${content.join('')}</${tag}${gap}>`,
    ),
  content: fc.oneof({ maxDepth: 4 }, text, comment, section, instruction, tie('element')),
}));

const prolog = fc.constantFrom(
  '',
  '\ufeff',
  '<?xml version="1.0"?>',
  `\ufeff<?xml version='1.0' encoding='UTF-8' standalone="yes" ?>\n`,
);
const misc = fc.array(fc.oneof(comment, instruction, space), { maxLength: 2 }).map((parts) => parts.join(''));

/** Well-formed documents with everything that XML allows around and in an element, save DOCTYPE. */
export const xmlDocument = fc
  .tuple(prolog, misc, element, misc)
  .map(([before, between, root, after]) => `${before}${between}${root}${after}`);
