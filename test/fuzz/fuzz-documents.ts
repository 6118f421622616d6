import { STATUSES } from '../../src/chain/status.ts';
import type { FetchReply, TagRequest } from '../../src/unwrap/ports.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { validate } from '../../src/validation/validate.ts';
import { decodeBytes } from '../../src/vast/decode.ts';
import { readDocument } from '../../src/vast/document.ts';
import type { Site } from '../support/chains.ts';
import { portsOver } from '../support/ports.ts';
import { runUnwrap } from '../support/run-unwrap.ts';
import { readWithSaxes } from '../support/second-reader.ts';
import type { Fuzzed } from './fuzz.ts';
import { mutate, type Words } from './mutate.ts';
import { createRandom } from './random.ts';

/** What breaks readers of XML, or those who trust them. */
const WORDS: Words = {
  short: [
    ...[
      '<',
      '>',
      '/>',
      '</',
      '&',
      ';',
      '"',
      "'",
      '=',
      '\0',
      '\r',
      '\n',
      '\t',
      '\x0b',
      '\x1b',
      '\x7f',
      '\x85',
      '\ufeff',
    ],
    ...[
      '<![CDATA[',
      ']]>',
      ']]',
      '<!--',
      '-->',
      '--',
      '<?',
      '?>',
      '<?xml version="1.0"?>',
      '<?xml encoding="utf-16"?>',
    ],
    ...['&amp;', '&#38;', '&#60;', '&#x0;', '&#xFFFF;', '&#x110000;', '&#99999999999;', '&lol;', '&#;', '&amp;lt;'],
    ...['<!DOCTYPE VAST [<!ENTITY a "b">]>', '<!ENTITY % x SYSTEM "file:///etc/passwd">', '&a;', '%x;'],
    ...['__proto__', 'constructor', 'toString', '<__proto__/>', ' xmlns="urn:x"', ' xmlns:x="urn:y"', '<x:VAST/>'],
    ...['</Ad>', '</InLine>', '<Ad/>', '<Ad sequence="1">', '<Wrapper>', '<VASTAdTagURI/>', '<Creatives>', '<Linear/>'],
    ...['<Extension type="AdVerifications">', ' sequence="99999999999999999999"', ' version="4.2"', ' version=""'],
    ...[
      'http://',
      'javascript:alert(1)',
      'data:text/xml,<VAST/>',
      '[CACHEBUSTING]',
      '[[[',
      '%5B',
      '\u202e',
      '😀',
      '\ud800',
    ],
  ],
  giant: [
    ` a="${'x'.repeat(100_000)}"`,
    '<a>'.repeat(70),
    '<a/>'.repeat(5000),
    ' b="c"'.repeat(9000),
    '&#97;'.repeat(9000),
    'y'.repeat(200_000),
  ],
};

const CHARSETS = [
  'text/xml',
  'text/xml; charset=utf-8',
  'text/xml; charset=utf-16',
  'text/xml; charset=latin1',
  'text/xml; charset=x',
  '',
];

/** Two documents within the reader's limits may make one that is over them; any other refusal is a fault. */
function isRefused(text: string): boolean {
  const again = readDocument(text);
  return !again.ok && !again.defect.message.endsWith('than allowed');
}

/**
 * Mutates one document of a chain and sends the chain through reading, following, merging and validation.
 * @throws where an accepted document is refused by the second parser, or the result cannot be read again
 */
export function fuzzDocument(seed: number, corpus: readonly Site[]): Fuzzed {
  const random = createRandom(seed);
  const { entry, pages } = random.pick(corpus);
  const address = random.once(2) ? entry : random.pick(Object.keys(pages));
  const other = random.pick(corpus);
  const body = mutate(Buffer.from(pages[address]!), WORDS, random, Buffer.from(other.pages[other.entry]!));
  const contentType = random.once(8) ? random.pick(CHARSETS) : 'text/xml';

  return {
    input: body,
    run: async () => {
      const { text } = decodeBytes(body, contentType);
      if (readDocument(text).ok) {
        readWithSaxes(text);
        validate(subjectOfText(text));
      }
      const ports = portsOver(pages);
      const fetch = async (request: TagRequest, deadline: Parameters<typeof ports.fetch>[1]): Promise<FetchReply> => {
        const reply = await ports.fetch(request, deadline);
        if (request.url !== address || !reply.outcome.ok) return reply;
        return { ...reply, outcome: { ...reply.outcome, headers: { 'content-type': contentType }, body } };
      };
      const onTimeout = random.once(2) ? 'collapse' : 'none';
      const { status, adm, merged } = await runUnwrap(entry, { ...ports, fetch }, { onTimeout });
      if (!STATUSES.includes(status)) throw new Error(`status ${status}`);
      if (adm === null) return status;
      merged!.trackers();
      readWithSaxes(adm);
      if (isRefused(adm)) throw new Error('the result cannot be read again');
      validate(subjectOfText(adm));
      return status;
    },
  };
}
