import { expect } from 'chai';
import fc from 'fast-check';
import { decodeBytes } from '../../src/vast/decode.ts';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const declared = (charset: string): string => `<?xml version="1.0" encoding="${charset}"?><a>é</a>`;
const bytesOf = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

type Case = readonly [title: string, bytes: Buffer, contentType: string | null, text: string];

const PLAIN: readonly Case[] = [
  ['UTF-8 where nothing is said', Buffer.from('<a>é</a>'), null, '<a>é</a>'],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeff<a/>'), 'text/xml; charset=iso-8859-1', '\ufeff<a/>'],
  ['UTF-16LE with a byte order mark', Buffer.from('\ufeff<a/>', 'utf16le'), 'text/xml; charset=utf-8', '\ufeff<a/>'],
  ['UTF-16BE with a byte order mark', utf16be('\ufeff<a/>'), null, '\ufeff<a/>'],
  ['UTF-16LE by its first bytes', Buffer.from(declared('UTF-16'), 'utf16le'), null, declared('UTF-16')],
  ['UTF-16BE by its first bytes', utf16be('<a/>'), null, '<a/>'],
  ['UTF-16BE that is called utf-16', utf16be('<a/>'), 'text/xml; charset=utf-16', '<a/>'],
  ['the charset of the header', Buffer.from('<a>é</a>', 'latin1'), 'text/xml;charset="ISO-8859-1"', '<a>é</a>'],
  [
    'a header in other quotes',
    Buffer.from('<a>é</a>', 'latin1'),
    "text/xml; charset = ' iso-8859-1 ' ; a=b",
    '<a>é</a>',
  ],
  [
    'the header before the declaration',
    Buffer.from(declared('iso-8859-1')),
    'a/b; Charset=UTF-8',
    declared('iso-8859-1'),
  ],
  ['the charset of the declaration', Buffer.from(declared('ISO-8859-1'), 'latin1'), 'text/xml', declared('ISO-8859-1')],
  ['windows-1252', bytesOf('<a>', [0x80]), 'text/xml; charset=windows-1252', '<a>€'],
  ['windows-1251', bytesOf('<a>', [0xcf, 0xf0]), 'text/xml; charset=windows-1251', '<a>Пр'],
  ['Shift_JIS', bytesOf('<a>', [0x8e, 0x9e]), 'text/xml; charset=Shift_JIS', '<a>時'],
  ['ISO-8859-15', bytesOf('<a>', [0xa4]), 'text/xml; charset=ISO-8859-15', '<a>€'],
  ['ISO-8859-16', bytesOf('<a>', [0xa4, 0xaa, 0xff]), 'text/xml; charset=ISO-8859-16', '<a>€Șÿ'],
  ['a charset with stray spaces', bytesOf(declared(' Windows-1251 '), [0xcf]), null, `${declared(' Windows-1251 ')}П`.replace('é', 'й')], // prettier-ignore
];

const ODD: readonly (readonly [...Case, note: RegExp])[] = [
  [
    'an unknown charset of the header',
    Buffer.from('<a>é</a>'),
    'text/xml; charset=utf8mb4',
    '<a>é</a>',
    /header.*utf8mb4/,
  ],
  ['a charset that is no label', Buffer.from('<a/>'), 'text/xml; charset=utf-7', '<a/>', /utf-7/],
  ['an empty charset of the header', Buffer.from('<a>é</a>'), 'text/xml; charset=', '<a>é</a>', /""/],
  ['an unknown declared charset', Buffer.from(declared('ebcdic')), null, declared('ebcdic'), /declaration.*ebcdic/],
  ['an empty declared charset', Buffer.from(declared('')), null, declared(''), /declaration.*""/],
  ['a charset named like a part of JavaScript', Buffer.from('<a/>'), 'a/b; charset=__proto__', '<a/>', /__proto__/],
  ['an unknown charset before a known one', bytesOf(declared('latin1')), 'a/b; charset=x', declared('latin1'), /"x"/],
  ['UTF-8 that is declared as utf-16', Buffer.from(declared('utf-16')), null, declared('utf-16'), /"utf-16".*UTF-8/],
  ['UTF-8 that is called UTF-16LE', Buffer.from('<a>é</a>'), 'a/b; charset=UTF-16LE', '<a>é</a>', /"UTF-16LE".*UTF-8/],
  ['UTF-8 that is declared as ucs-2', Buffer.from(declared('ucs-2')), null, declared('ucs-2'), /"ucs-2"/],
  ['UTF-16 that is called UTF-8', Buffer.from('<a/>', 'utf16le'), 'a/b; charset=utf-8', '<a/>', /utf-16le/],
];

const WRONG: readonly Case[] = [
  ['wrong UTF-8', Buffer.from('<a>é</a>', 'latin1'), null, '<a>\ufffd</a>'],
  ['an overlong sequence', bytesOf('<', [0xc0, 0xaf]), null, '<\ufffd\ufffd'],
  ['a letter that is cut off', bytesOf('<a>', [0xc3]), null, '<a>\ufffd'],
  ['half a UTF-16 unit', bytesOf([0xff, 0xfe, 0x3c]), null, '\ufeff\ufffd'],
  ['half a surrogate pair', Buffer.from('\ufeff\ud83d', 'utf16le'), null, '\ufeff\ufffd'],
  ['a byte that Shift_JIS has not', bytesOf('<a>', [0xa0]), 'a/b; charset=shift_jis', '<a>\ufffd'],
];

// Every label of the Encoding Standard.
// prettier-ignore
const LABELS = `
  unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 866 cp866 csibm866 ibm866
  csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 csisolatin3
  iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 csisolatin4 iso-8859-4
  iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 csisolatincyrillic cyrillic iso-8859-5
  iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 arabic asmo-708 csiso88596e csiso88596i
  csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6
  iso_8859-6:1987 csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597
  iso_8859-7 iso_8859-7:1987 sun_eu_greek csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e
  iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical csisolatin6
  iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 iso-8859-13 iso8859-13 iso885913 iso-8859-14
  iso8859-14 iso885914 csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 iso-8859-16 cskoi8r koi
  koi8 koi8-r koi8_r koi8-ru koi8-u csmacintosh mac macintosh x-mac-roman dos-874 iso-8859-11 iso8859-11
  iso885911 tis-620 windows-874 cp1250 windows-1250 x-cp1250 cp1251 windows-1251 x-cp1251 ansi_x3.4-1968 ascii
  cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1
  latin1 us-ascii windows-1252 x-cp1252 cp1253 windows-1253 x-cp1253 cp1254 csisolatin5 iso-8859-9 iso-ir-148
  iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254 cp1255 windows-1255 x-cp1255
  cp1256 windows-1256 x-cp1256 cp1257 windows-1257 x-cp1257 cp1258 windows-1258 x-cp1258 x-mac-cyrillic
  x-mac-ukrainian chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 big5
  big5-hkscs cn-big5 csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp csiso2022jp iso-2022-jp csshiftjis
  ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cseuckr csksc56011987 euc-kr iso-ir-149 korean
  ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 csiso2022kr hz-gb-2312 iso-2022-cn
  iso-2022-cn-ext iso-2022-kr replacement unicodefffe utf-16be csunicode iso-10646-ucs-2 ucs-2 unicode
  unicodefeff utf-16 utf-16le x-user-defined
`;
/** Those of the charset that decodes to nothing: escape sequences hide markup in it [Encoding Standard, 14.1]. */
const REPLACEMENT = ['csiso2022kr', 'hz-gb-2312', 'iso-2022-cn', 'iso-2022-cn-ext', 'iso-2022-kr', 'replacement'];

describe('decodeBytes', () => {
  for (const [title, bytes, contentType, text] of PLAIN) {
    it(`reads ${title}`, () => {
      const decoded = decodeBytes(bytes, contentType);
      expect(decoded.text).to.equal(text);
      // a mark leaves no doubt, and what a declaration names stands in the text
      const isNamed = /charset(?!=utf-8)/i.test(contentType ?? '') && !text.startsWith('\ufeff');
      expect(decoded.notes.map(({ of }) => of)).to.deep.equal(isNamed ? ['charset'] : []);
    });
  }
  for (const [title, bytes, contentType, text, note] of ODD) {
    it(`reads ${title}, and notes it`, () => {
      const decoded = decodeBytes(bytes, contentType);
      expect(decoded.text).to.equal(text);
      expect(decoded.notes.map(({ of }) => of)).to.deep.equal(['charset']);
      expect(decoded.notes[0]!.message).to.match(note);
    });
  }
  for (const [title, bytes, contentType, text] of WRONG) {
    it(`puts U+FFFD in place of ${title}`, () => expect(decodeBytes(bytes, contentType).text).to.equal(text));
  }

  it('knows every label of the Encoding Standard, with capitals and spaces, in header and declaration', () => {
    const labels = LABELS.trim().split(/\s+/);
    expect(labels).to.have.length(228);
    for (const label of labels) {
      const isUtf16 = /utf-16|ucs-2|unicode$|unicodef/.test(label);
      const text = declared(` ${label.toUpperCase()}`).replace('é', 'e');
      const bytes = isUtf16 ? Buffer.from(text, 'utf16le') : Buffer.from(text);
      const notes = REPLACEMENT.includes(label) ? 1 : 0;
      expect(decodeBytes(bytes, null), label).to.have.property('text', text);
      expect(decodeBytes(bytes, null).notes, label).to.have.length(notes);
      expect(decodeBytes(bytes, `text/xml; charset="${label.toUpperCase()}"`).text, label).to.equal(text);
    }
  });

  it('never throws, and what comes out has no half letters', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.option(fc.string()), (bytes, type) =>
        decodeBytes(bytes, type).text.isWellFormed(),
      ),
    );
  });
});
