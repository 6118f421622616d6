import { expect } from 'chai';
import fc from 'fast-check';
import { decodeBytes } from '../../src/vast/decode.ts';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const declared = (charset: string): string => `<?xml version="1.0" encoding="${charset}"?><a>é</a>`;

const DECODED: readonly (readonly [title: string, bytes: Buffer, contentType: string | null, text: string])[] = [
  ['UTF-8 where nothing is said', Buffer.from('<a>é</a>'), null, '<a>é</a>'],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeff<a/>'), 'text/xml; charset=iso-8859-1', '\ufeff<a/>'],
  ['UTF-16LE with a byte order mark', Buffer.from('\ufeff<a/>', 'utf16le'), 'text/xml; charset=utf-8', '\ufeff<a/>'],
  ['UTF-16BE with a byte order mark', utf16be('\ufeff<a/>'), null, '\ufeff<a/>'],
  ['UTF-16LE by its first bytes', Buffer.from(declared('UTF-16'), 'utf16le'), null, declared('UTF-16')],
  ['UTF-16BE by its first bytes', utf16be('<a/>'), null, '<a/>'],
  ['the charset of the header', Buffer.from('<a>é</a>', 'latin1'), 'text/xml;charset="ISO-8859-1"', '<a>é</a>'],
  [
    'the header before the declaration',
    Buffer.from(declared('iso-8859-1')),
    'a/b; Charset=UTF-8',
    declared('iso-8859-1'),
  ],
  ['the charset of the declaration', Buffer.from(declared('ISO-8859-1'), 'latin1'), 'text/xml', declared('ISO-8859-1')],
  ['windows-1252', Buffer.from([0x3c, 0x61, 0x3e, 0x80]), 'text/xml; charset=windows-1252', '<a>€'],
];

const REFUSED: readonly (readonly [title: string, bytes: Buffer, contentType: string | null])[] = [
  ['wrong UTF-8', Buffer.from('<a>é</a>', 'latin1'), null],
  ['an overlong sequence', Buffer.from([0x3c, 0xc0, 0xaf]), null],
  ['half a UTF-16 unit', Buffer.from([0xff, 0xfe, 0x3c]), null],
  ['half a surrogate pair', Buffer.from('\ufeff\ud83d', 'utf16le'), null],
  ['an unknown charset', Buffer.from('<a/>'), 'text/xml; charset=utf-7'],
  ['an unknown declared charset', Buffer.from(declared('ebcdic')), null],
  ['a charset named like a part of JavaScript', Buffer.from('<a/>'), 'text/xml; charset=__proto__'],
];

describe('decodeBytes', () => {
  for (const [title, bytes, contentType, text] of DECODED) {
    it(`reads ${title}`, () => expect(decodeBytes(bytes, contentType)).to.deep.equal({ ok: true, text }));
  }
  for (const [title, bytes, contentType] of REFUSED) {
    it(`refuses ${title}`, () => {
      const decoded = decodeBytes(bytes, contentType);
      expect(!decoded.ok && decoded.defect.code).to.equal(100);
    });
  }

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.option(fc.string()),
        (bytes, type) => typeof decodeBytes(bytes, type).ok === 'boolean',
      ),
    );
  });
});
