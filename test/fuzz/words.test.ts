import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import type { Site } from '../support/chains.ts';
import { FULL_AUCTION } from '../support/full-auction.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { readCorpus } from './corpus.ts';

// A table that is asked for a stranger's word must not answer with what every object has.

const WORDS = ['constructor', '__proto__'];

/** A document with a word in one of its places; each element and attribute has its turn once, in wrappers and elsewhere. */
function* changed(text: string, done: Set<string>): Generator<string> {
  const places = [
    ...[...text.matchAll(/<([A-Za-z][\w:]*)/g)].map(([, name]) => ['element', name!] as const),
    ...[...text.matchAll(/\s([A-Za-z][\w:]*)="/g)].map(([, name]) => ['attribute', name!] as const),
  ];
  for (const [kind, name] of places) {
    const turn = `${kind} ${name} ${text.includes('<Wrapper')}`;
    if (done.has(turn)) continue;
    done.add(turn);
    for (const word of WORDS) yield* put(text, kind, name, word);
  }
}

function* put(text: string, kind: 'element' | 'attribute', name: string, word: string): Generator<string> {
  if (kind === 'element') {
    yield text.replaceAll(new RegExp(`(?<=</?)${name}(?=[\\s/>])`, 'g'), word);
    yield text.replaceAll(new RegExp(`(<${name}(?:\\s[^<>]*)?>)[^<>]+(?=</${name})`, 'g'), `$1${word}`);
    yield text.replaceAll(new RegExp(`(<${name}(?:\\s[^<>]*)?>)`, 'g'), `$1<${word}><${word}/></${word}>`);
  } else {
    yield text.replaceAll(new RegExp(`(?<=\\s)${name}(?==")`, 'g'), word);
    yield text.replaceAll(new RegExp(`(?<=\\s${name}=")[^"]*`, 'g'), word);
  }
}

/** Unwraps a chain, in an auction that gives every rule something to look at. */
async function unwrapped(entry: string, pages: Site['pages']): Promise<UnwrapResult> {
  const deadline = Deadline.after(60_000);
  const request = unwrapRequest({ url: entry }, FULL_AUCTION);
  const result = await unwrap(request, deadline, portsOver(pages), untraced);
  deadline.cancel();
  return result;
}

describe('words that every object knows', function () {
  this.timeout(120_000);

  it('mean nothing in a document', async () => {
    const done = new Set<string>();
    for (const { entry, pages } of readCorpus()) {
      for (const text of changed(pages[entry]!, done)) {
        const { merged } = await unwrapped(entry, { ...pages, [entry]: text });
        for (const { event } of merged?.trackers() ?? []) expect(event).to.be.a('string');
      }
    }
    expect(done.size).to.be.greaterThan(100);
  });
});
