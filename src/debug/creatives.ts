import type { AdSummary, MediaFile } from '../vast/ad-summary.ts';
import { html, outsideLink, type Html } from './html.ts';
import { mediaOrigin } from './media-page.ts';

/**
 * What the ads are, and which media they offer. Nothing of it is loaded.
 * @param runPath the path of the run, below which each media file has a page that does load it
 */
export function creatives(ads: readonly AdSummary[], runPath: string): Html {
  if (ads.length === 0) return html`<p>No ad was reached.</p>`;
  let files = 0;
  return html`${ads.map((ad) => {
    const first = files;
    files += ad.mediaFiles.length;
    return creative(ad, (at) => `${runPath}/media/${first + at}`);
  })}`;
}

function creative(ad: AdSummary, pathOf: (at: number) => string): Html {
  const { adTitle, durationSec, universalAdIds, pricing, categories, verifications, sequence } = ad;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Ad system', ad.adSystem],
    ['Advertiser', ad.advertiser],
    ['Ad id', ad.id],
    ['AdServingId', ad.adServingId],
    ['Kind', ad.adType],
    ['Duration', durationSec === null ? null : `${durationSec} s`],
    ['Slot', sequence === null ? null : String(sequence)],
    ['UniversalAdId', universalAdIds.map(({ idRegistry, value }) => `${value} (${idRegistry})`).join(', ')],
    ['Pricing', pricing === null ? null : [pricing.value, pricing.currency, pricing.model].filter(Boolean).join(' ')],
    ['Categories', categories.join(', ')],
    ['Verification', verifications.join(', ')],
    ['Expires', ad.expires === null ? null : `${ad.expires} s`],
  ];
  const known = facts.filter(([, value]) => value !== null && value !== '');
  return html`<article class="creative">
    <h3>${adTitle ?? 'An ad without a title'}</h3>
    <dl class="facts">
      ${known.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${ad.mediaFiles.length === 0 ? html`<p>It names no media file.</p>` : mediaTable(ad.mediaFiles, pathOf)}
  </article> `;
}

function mediaTable(files: readonly MediaFile[], pathOf: (at: number) => string): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Media files">
    <table>
      <thead>
        <tr>
          <th scope="col">Media file, as declared</th>
          <th scope="col" class="number">Size</th>
          <th scope="col" class="number">kbit/s</th>
          <th scope="col">Delivery</th>
          <th scope="col">URL</th>
          <th scope="col">Picture</th>
        </tr>
      </thead>
      <tbody>
        ${files.map(
          (file, at) =>
            html`<tr>
              <th scope="row">
                ${file.type ?? 'no type'}${file.codec !== null && html` <span class="small">${file.codec}</span>`}${file.apiFramework !== null && html` <span class="chip">${file.apiFramework}</span>`}
              </th>
              <td class="number">${file.width ?? '?'} × ${file.height ?? '?'}</td>
              <td class="number">${file.bitrate ?? '–'}</td>
              <td>${file.delivery ?? '–'}</td>
              <td>${outsideLink(file.url)}</td>
              <td>
                ${mediaOrigin(file) === null ? '–' : html`<a href="${pathOf(at)}" aria-label="Show media file ${at + 1}">Show</a>`}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
