import type { Edits } from './mend-edits.ts';
import { isReference } from './xml-grammar.ts';

/** Entities of HTML that strangers write into XML, where nobody declared them, and the characters that they mean. */
const HTML_ENTITIES: Readonly<Record<string, number>> = {
  ...{ nbsp: 160, copy: 169, laquo: 171, reg: 174, deg: 176, middot: 183, raquo: 187, bull: 8226, hellip: 8230 },
  ...{ ndash: 8211, mdash: 8212, lsquo: 8216, rsquo: 8217, ldquo: 8220, rdquo: 8221, euro: 8364, trade: 8482 },
  ...{ auml: 228, ouml: 246, uuml: 252, Auml: 196, Ouml: 214, Uuml: 220, szlig: 223, eacute: 233, egrave: 232 },
};
const ENTITY = /&([A-Za-z][A-Za-z0-9]{1,15});/y;

/** Mends ampersands that begin no reference between two offsets, and in text a `]]>` outside a section. */
export function mendReferences(text: string, from: number, to: number, edits: Edits, isText: boolean): void {
  for (let at = from; at < to && !edits.isFull; at += 1) {
    const character = text[at];
    if (character === '&' && !isReference(text, at)) mendAmpersand(text, at, edits);
    else if (isText && character === ']' && text.startsWith(']]>', at) && at + 3 <= to) {
      edits.replace(at + 2, at + 3, '&gt;', '"]]>" outside a CDATA section was written as "]]&gt;"');
    }
  }
}

function mendAmpersand(text: string, at: number, edits: Edits): void {
  ENTITY.lastIndex = at;
  const name = ENTITY.exec(text)?.[1];
  const code = name === undefined || !Object.hasOwn(HTML_ENTITIES, name) ? undefined : HTML_ENTITIES[name];
  if (code === undefined) edits.replace(at, at + 1, '&amp;', 'a bare "&" was written as "&amp;"');
  else
    edits.replace(
      at,
      at + name!.length + 2,
      `&#${code};`,
      'an entity of HTML was written as the number of its character',
    );
}
