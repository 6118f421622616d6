import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { Conclusion, Written } from './result.ts';

/** What the JSON of a remembered conclusion says again when somebody asks for more than its bytes. */
export type Reread = Pick<Conclusion, 'ads' | 'findings' | 'errorUrls' | 'bid' | 'projection'> &
  Required<Pick<Conclusion, 'unwritten'>>;

/** Writes a conclusion down as it will be sent. The names and the order of its members are those of the answer. */
export function writeConclusion(conclusion: Conclusion, media: readonly MediaVerdict[]): Written {
  const { status, vastError, reason, adm, wrappers, ads, findings, errorUrls, bid, unwritten = [] } = conclusion;
  const projection = conclusion.projection ?? null;
  return Object.freeze({
    status,
    vastError,
    reason,
    wrappers,
    adm: adm === null ? null : bytesOf(adm),
    head: members({ status, vastError, reason, adm, wrappers }),
    tail: members({
      ads,
      ...(media.length > 0 && { media }),
      findings,
      errorUrls: [...errorUrls, ...unwritten],
      bid,
      ...(projection !== null && { projection }),
    }),
    unwritten: unwritten.length,
    removed: projection?.removed.length ?? 0,
  });
}

/** Reads what was written, for those who want to know more than it says as it is. */
export function rereadConclusion({ tail, unwritten }: Written): Reread {
  const { ads, findings, errorUrls, bid, projection } = JSON.parse(`{${tail.toString().slice(0, -1)}}`) as Reread;
  const fired = errorUrls.length - unwritten;
  return {
    ads,
    findings,
    errorUrls: errorUrls.slice(0, fired),
    unwritten: errorUrls.slice(fired),
    bid,
    ...(projection && { projection }),
  };
}

function members(values: object): Buffer {
  return bytesOf(`${JSON.stringify(values).slice(1, -1)},`);
}

/** In memory of their own: a part of Node's pool would keep all of it alive. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
