import type { Rule } from '../../src/validation/rule.ts';
import { RULES } from '../../src/validation/rules/index.ts';
import { VMAP_RULES } from '../../src/validation/vmap-rules.ts';
import { code, MADE, table } from '../markdown.ts';

/** What each topic is about; the rules of a topic follow it. */
const TOPICS: Readonly<Record<string, string>> = {
  document: 'Can the document be read, and are names, places and numbers those of its version?',
  required: 'What the version of the document wants and does not find.',
  values: 'Are values of the form, the size and the kind that they should have?',
  url: 'Can the URLs be asked for?',
  macros: 'Are macros those of the specification, where they can be filled?',
  deprecated: 'What the specification has given up, or players have.',
  quality: 'What makes an ad better than merely valid.',
  verification: 'Can the vendors who measure the ad be run?',
  interactive: 'Can the interactive part be run, and does the ad stand without it?',
  ctv: 'Do the formats of television say what they are, and is what they say of one piece?',
  creative: 'Is the creative what it was when it was first seen?',
  chain: 'Do the documents of the chain go together, how did they come, and how did it end?',
  openrtb: 'Does the ad fit the `imp`, and does the bid say what is true of it?',
  media: 'Is the file what the document says of it?',
};

/** docs/validation-rules.md: every rule, topic by topic. */
export function validationRulesPage(): string {
  const topics = Object.entries(TOPICS).map(([topic, about]) => {
    const rules = RULES.filter(({ id }) => id.startsWith(`${topic}/`)).sort((a, b) => a.id.localeCompare(b.id, 'en'));
    return `## ${topic}\n\n${about}\n\n${table(
      ['Rule', 'Severity', 'What is wrong, and why that matters', 'What to do', 'Codes', 'Reference', 'Example'],
      rules.map(row),
    )}\n`;
  });
  return `${MADE}
# Validation rules

${RULES.length} rules. An \`error\` is what a player, or the \`imp\`, will not take; a \`warning\` costs money or viewers in some
places; an \`info\` is good to know. Only errors marked **rejects** take an ad out of an auction; everything else informs.

Findings name the hop, the path of the element and the line in the source as it was received. Ids are stable; a file of
severities, \`{ "quality/one-rendition": "off", "url/tracker-insecure": "error" }\`, changes or switches off single rules.
Codes are the VAST error code and OpenRTB's loss reason, where there is one. Each example is a folder with documents that
pass and that fail.

${topics.join('\n')}
## vmap

What a list of ad breaks must have (\`POST /v1/vmap\`); what is about an ad stands in the result of its break.

${table(
  ['Rule', 'Severity', 'What is wrong', 'What to do', 'Reference'],
  VMAP_RULES.map(({ id, severity, title, fix, spec }) => [code(id), severity, title, fix, spec]),
)}
`;
}

function row({ id, severity, rejects, title, why, fix, vastError, lossReason, spec }: Rule): readonly string[] {
  const codes = [
    ...(vastError === undefined ? [] : [`VAST ${vastError}`]),
    ...(lossReason === undefined ? [] : [`loss ${lossReason}`]),
  ];
  return [
    code(id),
    rejects ? `${severity}, **rejects**` : severity,
    `**${plain(title)}.** ${plain(why)}`,
    plain(fix),
    codes.join(', '),
    spec,
    `[samples](../samples/validation/${id})`,
  ];
}

/** Markup in a sentence is shown, not read. */
const plain = (text: string): string => text.replace(/[<>*_[\]{}$`]/g, String.raw`\$&`);
