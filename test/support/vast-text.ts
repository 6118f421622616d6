import { readDocument, type VastDocument } from '../../src/vast/document.ts';

// Short documents for tests of what happens between documents; what stands inside an ad has its samples.

type WrapperText = {
  readonly uri?: string;
  readonly attributes?: string;
  readonly sequence?: number;
  readonly id?: string;
  readonly error?: string;
  readonly blocked?: string;
};

export function wrapperAd(of: WrapperText = {}): string {
  const { uri = 'https://b.example/vast', attributes = '', sequence, id = 'w', error, blocked } = of;
  return `<Ad id="${id}"${sequenceText(sequence)}><Wrapper ${attributes}><AdSystem>S</AdSystem><VASTAdTagURI><![CDATA[${uri}]]></VASTAdTagURI>${
    error === undefined ? '' : `<Error>${error}</Error>`
  }<Impression>https://t.example/${id}</Impression>${
    blocked === undefined ? '' : `<BlockedAdCategories>${blocked}</BlockedAdCategories>`
  }</Wrapper></Ad>`;
}

export function inLineAd(
  of: { id?: string; sequence?: number; error?: string; category?: string; impression?: string } = {},
): string {
  const { id = 'i', sequence, error, category, impression = `https://t.example/${id}` } = of;
  return `<Ad id="${id}"${sequenceText(sequence)}><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle>${
    error === undefined ? '' : `<Error>${error}</Error>`
  }<Impression>${impression}</Impression>${
    category === undefined ? '' : `<Category authority="iab">${category}</Category>`
  }<Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://m.example/${id}.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad>`;
}

export function vast(...parts: readonly string[]): string {
  return `<VAST version="4.1">${parts.join('')}</VAST>`;
}

/** Reads a document that the test knows to be one. */
export function read(text: string): VastDocument {
  const result = readDocument(text);
  if (!result.ok) throw new Error(result.defect.message);
  return result.document;
}

function sequenceText(sequence: number | undefined): string {
  return sequence === undefined ? '' : ` sequence="${sequence}"`;
}
