import { FAILURES } from '../../src/chain/failure.ts';
import { MERGE_TABLE } from '../../src/merge/merge-table.ts';
import { ERROR_CODES } from '../../src/vast/error-code.ts';
import { VERSIONS } from '../../src/vast/document.ts';
import { MACROS } from '../../src/vast/macro-table.ts';
import { ADDED_CHILDREN } from '../../src/vast/schema-additions.ts';
import { CHILDREN, SCHEMA_VERSIONS } from '../../src/vast/schema-table.ts';
import { EVENTS } from '../../src/vast/tracking-events.ts';
import { code, MADE, table } from '../markdown.ts';

const yes = (is: boolean): string => (is ? 'yes' : '');

/** docs/vast-support.md: what of VAST is read, merged, filled in and told. */
export function vastSupportPage(): string {
  return `${MADE}
# VAST support

## Versions

VAST ${VERSIONS.join(', ')}. A document without a version is read as 3.0, with a finding; VAST 1 and what comes after
${VERSIONS.at(-1)} is error 102. Nobody has published a schema of 4.3, and that of 4.4 is a draft: both are held against that of
4.2. What guidance for television has added since is taken in any version that it is meant for: see [ctv.md](ctv.md). The
result keeps the version of the InLine.

## What a wrapper gives to the ad

The InLine's own comes first, then that of the wrapper closest to it, up to the outermost. URLs are copied as they were
written and none is dropped for being there already (\`dedupe=exact\` does that). Each row has samples in
[samples/merge](../samples/merge).

${table(
  ['From every Wrapper', 'Into', 'Needs'],
  MERGE_TABLE.map(({ from, into, needs }) => [from, into, needs ?? '']),
)}

A tracker whose target the ad does not have is the finding \`chain/unmerged-tracker\`; what is not legal in a Wrapper
(MediaFile and the like) is left out, \`chain/media-in-wrapper\`. Pricing stays where it was: every hop's is in the report.

## Players that read less than is written

The result holds what a player would have fired had it followed the chain, and there are players that would not have
either. What they leave out is no fault of the merge:

- **One Error.** The schemas of 2.0 and 3.0 allow one in an InLine. Of five players tried, one fires none where there are
  several, and one the first alone. With \`options.errors3=first\` a result of these versions holds the InLine's own, and
  those of its wrappers are in \`errorUrls\`, macros unfilled, for whoever hears of the error.
- **The first Impression alone**: the InLine's own, so that wrappers count less than they served.
- **No trackers of a Linear that stands behind AdVerifications**, where a parser goes by the order of one version.

## What a version does not know

It is written all the same, where the lowest version that knows it has it: players that know it act on it, others pass
over it. The finding \`chain/version-foreign\` says so.

${table(['Element', ...SCHEMA_VERSIONS], elementRows())}

${table(['Tracking event', ...SCHEMA_VERSIONS], eventRows())}

Elements and events that every version knows are not listed.

## What guidance added

No schema has it, and it is taken all the same, from these versions on: see [ctv.md](ctv.md). Where it stands in its parent does
not matter.

${table(['Element', 'Since', 'Source'], additionRows())}

## Macros

Filled in ad tag URIs alone: trackers keep every macro for the player. A value that is not known is -1, one that a privacy
signal withholds -2, one that does not apply 0. Whatever else stands in brackets stays as it is. A reply that a personal
value asked for is nobody else's.

${table(
  ['Macro', 'Since', 'Type', 'Filled in tag URIs', 'Left to the player in trackers', 'Personal'],
  MACROS.map(({ name, since, type, inTagRequests, inTrackers, personal }) => [
    code(`[${name}]`),
    since,
    type,
    yes(inTagRequests),
    yes(inTrackers),
    yes(personal),
  ]),
)}

## How a chain can fail

The word stands in \`reason\` of the answer, in \`error\` of the hop, and in \`error.type\` of the span.

${table(
  ['Reason', 'Status', 'VAST error', 'Error URLs told', 'Can be collapsed', 'What happened'],
  Object.entries(FAILURES).map(([reason, { status, vastError, unfired = false, collapsible = false, title }]) => [
    code(reason),
    code(status),
    String(vastError),
    yes(!unfired),
    yes(collapsible),
    title,
  ]),
)}

Told are the Error URLs of the wrappers above the failed document, and its own where it could be read [VAST 4.3, 2.3.6].
What can be collapsed becomes a shorter Wrapper with \`onTimeout=collapse\`: all trackers so far, and the URI that is left.
An ad that the \`imp\` forbids is \`rejected\` with the code of the rule: see [validation-rules.md](validation-rules.md).

## Error codes

${table(
  ['Code', 'Name here'],
  Object.entries(ERROR_CODES).map(([name, number]) => [String(number), name]),
)}
`;
}

/** Elements below Ad that came or went after the first version. */
function elementRows(): readonly (readonly string[])[] {
  const known = new Map<string, readonly boolean[]>();
  for (const [path, row] of Object.entries(CHILDREN)) {
    const parent = path.split('/').at(-1)!;
    let words: string | undefined;
    const byVersion = SCHEMA_VERSIONS.map((version) => (words = row[version] ?? words));
    const names = new Set(byVersion.flatMap((each) => each?.match(/\w+/g) ?? []));
    for (const name of names) {
      const place = `${parent}/${name}`;
      const before = known.get(place);
      const own = byVersion.map((each) => each?.match(/\w+/g)?.includes(name) ?? false);
      known.set(place, before === undefined ? own : own.map((is, i) => is || before[i]!));
    }
  }
  return [...known]
    .filter(([, versions]) => versions.includes(false))
    .map(([place, versions]) => [code(place), ...versions.map(yes)]);
}

/** Children that guidance gave to elements of the schemas; what is about extensions stands on the page about television. */
function additionRows(): readonly (readonly string[])[] {
  return Object.entries(ADDED_CHILDREN)
    .filter(([parent]) => !parent.includes('Extension'))
    .flatMap(([parent, row]) =>
      Object.entries(row).flatMap(([since, words]) =>
        (words.match(/\w+/g) ?? []).map((word) => [
          code(`${parent}/${word}`),
          since,
          parent === 'Creative' ? 'CTV Addendum 2024' : 'CTV Ad Portfolio, 2026',
        ]),
      ),
    );
}

function eventRows(): readonly (readonly string[])[] {
  return [...EVENTS]
    .filter(([, versions]) => versions.length < SCHEMA_VERSIONS.length)
    .map(([event, versions]) => [code(event), ...SCHEMA_VERSIONS.map((version) => yes(versions.includes(version)))]);
}
