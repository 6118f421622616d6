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

type InLineText = {
  readonly id?: string;
  readonly sequence?: number;
  readonly error?: string;
  readonly category?: string;
  readonly impression?: string;
  readonly advertiser?: string;
  /** Registered with Ad-ID. */
  readonly universalAdId?: string;
  readonly media?: string;
  readonly duration?: string;
  readonly clickThrough?: string;
};

export function inLineAd(of: InLineText = {}): string {
  const { id = 'i', sequence, error, category, impression = `https://t.example/${id}`, advertiser } = of;
  const { universalAdId, media = `https://m.example/${id}.mp4`, duration = '00:00:15', clickThrough } = of;
  return `<Ad id="${id}"${sequenceText(sequence)}><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle>${
    error === undefined ? '' : `<Error>${error}</Error>`
  }<Impression>${impression}</Impression>${
    category === undefined ? '' : `<Category authority="iab">${category}</Category>`
  }${advertiser === undefined ? '' : `<Advertiser>${advertiser}</Advertiser>`}<Creatives><Creative>${
    universalAdId === undefined ? '' : `<UniversalAdId idRegistry="ad-id.org">${universalAdId}</UniversalAdId>`
  }<Linear><Duration>${duration}</Duration>${
    clickThrough === undefined ? '' : `<VideoClicks><ClickThrough>${clickThrough}</ClickThrough></VideoClicks>`
  }<MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">${media}</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad>`;
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
