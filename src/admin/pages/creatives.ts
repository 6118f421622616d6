import type { UnwrapResult } from '../../unwrap/result.ts';
import type { MediaVerdict } from '../../validation/media-verdict.ts';
import type { AdReport } from '../../unwrap/result.ts';
import { factRows, html, outsideLink, type Html } from './html.ts';
import { mediaFacts } from '../../debug/media-facts.ts';
import { signalFacts } from '../../debug/signal-facts.ts';
import { isPlain, mediaOrigin } from './media-page.ts';
import { stillImages } from './still-images.ts';
import type { MediaFile } from '../../vast/creative.ts';

/**
 * What the ads are, and which media they offer: as declared, and as found where they were looked at. Nothing of it is
 * loaded.
 * @param runPath the path of the run, below which each media file has a page that does load it
 */
export function creatives(result: Pick<UnwrapResult, 'ads' | 'media' | 'merged'>, runPath: string): Html {
  const { ads, media } = result;
  if (ads.length === 0) return html`<p>No ad was reached.</p>`;
  let files = 0;
  const rowOf = (file: MediaFile): Html => mediaRow(file, media, `${runPath}/media/${files++}`);
  const films = ads.map((ad) => creative(ad, ad.mediaFiles.map(rowOf)));
  const pictures = stillImages(result).map(rowOf);
  const play =
    result.merged !== null &&
    html`<p><a class="button" href="${runPath}/play">Play it</a> in a player, with the moment of each tracker</p>`;
  if (pictures.length === 0) return html`${play} ${films}`;
  return html`${play} ${films}
    <h3>Pictures of companions, overlays and icons</h3>
    ${mediaTable(pictures)}`;
}

function creative(ad: AdReport, mediaRows: readonly Html[]): Html {
  const { adTitle, durationSec, universalAdIds, pricing, categories, verifications, sequence, creativeKey } = ad;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Ad system', ad.adSystem],
    ['Advertiser', ad.advertiser],
    ['Ad id', ad.id],
    ['AdServingId', ad.adServingId],
    ['Kind', ad.adType],
    ['Format', ad.format],
    ['Signals', ad.signals === null ? null : signalFacts(ad.signals).join(', ')],
    ['Duration', durationSec === null ? null : `${durationSec} s`],
    ['Slot', sequence === null ? null : String(sequence)],
    ['UniversalAdId', universalAdIds.map(({ idRegistry, value }) => `${value} (${idRegistry})`).join(', ')],
    ['Creative key', creativeKey === null ? null : `${creativeKey.value} (${creativeKey.scheme})`],
    ['Pricing', pricing === null ? null : [pricing.value, pricing.currency, pricing.model].filter(Boolean).join(' ')],
    ['Categories', categories.join(', ')],
    ['Verification', verifications.join(', ')],
    ['Expires', ad.expires === null ? null : `${ad.expires} s`],
  ];
  const known = facts.filter(([, value]) => value !== null && value !== '');
  return html`<article class="creative">
    <h3>${adTitle ?? 'An ad without a title'}</h3>
    <dl class="facts">${factRows(known)}</dl>
    ${mediaRows.length === 0 ? html`<p>It names no media file.</p>` : mediaTable(mediaRows)}
  </article> `;
}

function mediaTable(rows: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Media files">
    <table class="media">
      <thead>
        <tr>
          <th scope="col">Media file</th>
          <th scope="col">Declared</th>
          <th scope="col">Found</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function mediaRow(file: MediaFile, media: readonly MediaVerdict[], path: string): Html {
  const { url, type, codec, width, height, bitrate, delivery, apiFramework } = file;
  const declared = [
    type ?? 'no type',
    width === null && height === null ? null : `${width ?? '?'} × ${height ?? '?'}`,
    bitrate === null ? null : `${bitrate} kbit/s`,
    codec,
    delivery,
    apiFramework,
  ];
  const verdict = media.find((each) => each.url === url);
  return html`<tr>
    <th scope="row">
      ${outsideLink(url)}
      ${mediaOrigin(file) !== null && html`<p class="small"><a href="${path}">Show it</a>, loaded by your browser${isPlain(file) && ' over plain http'}</p>`}
    </th>
    <td data-name="declared">${declared.filter((each) => each !== null).join(' · ')}</td>
    ${
      verdict === undefined
        ? html`<td data-name="found" class="none">not looked at</td>`
        : html`<td data-name="found" class="${verdict.outcome}">${mediaFacts(verdict).join(' · ')}</td>`
    }
  </tr>`;
}
