import { deviceName, misfitInWords, skipInWords } from '../../debug/device-facts.ts';
import { count } from '../../debug/figures.ts';
import type { AdVerdict } from '../../projection/ad-verdict.ts';
import type { Profile, ProfileName } from '../../projection/profile.ts';
import type { Projection } from '../../projection/project.ts';
import type { HopCost, NamedTracker } from '../../projection/tracker-cost.ts';
import type { HopReport } from '../../unwrap/result.ts';
import { html, outsideLink, type Html } from './html.ts';

/** Events or hosts that a cell names; the rest is a number. */
const MAX_NAMED = 4;

/** What a device can use of the ads, and what each hop's trackers cost it. */
export function deviceUse(
  { ads, trackers }: Projection,
  profile: ProfileName | Profile,
  hops: readonly Pick<HopReport, 'host'>[],
): Html {
  const device = deviceName(profile);
  return html`${ads.map((ad, index) => adUse(ad, ads.length > 1 ? `ad ${index + 1}` : 'the ad', device))}
    <h3>What its trackers cost</h3>
    <p>
      It would call
      ${count(trackers.total, 'URL')}${trackers.duplicates > 0 && html`, <strong>${trackers.duplicates}</strong> of them a second time for the same event`}.
    </p>
    ${trackers.byHop.length > 0 && costTable(trackers.byHop, hops)}
    ${trackers.overLimit.map(({ event, count: calls }) => html`<p class="problem">${calls} trackers for <code>${event}</code> are more than it calls.</p>`)}
    ${urlList('Exact duplicates', trackers.repeated)}
    ${urlList('URLs that are too long for it, or over 2 KB', trackers.tooLong)}`;
}

function adUse({ usable, skipReason, files }: AdVerdict, name: string, device: string): Html {
  return html`<p>
      ${
        usable
          ? html`<span class="tone good">Usable:</span> ${device} can show ${name}.`
          : html`<span class="tone bad">Skipped:</span> ${device} would not show ${name}: ${skipInWords(skipReason!)}.`
      }
    </p>
    ${
      files.length > 0 &&
      html`<ul class="urls">
        ${files.map(({ url, misfit }) => html`<li>${outsideLink(url)} ${misfit === null ? html`<span class="small">can be used</span>` : html`<strong>${misfitInWords(misfit)}</strong>`}</li>`)}
      </ul>`
    }`;
}

function costTable(costs: readonly HopCost[], hops: readonly Pick<HopReport, 'host'>[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Trackers by hop, event and host">
    <table>
      <thead>
        <tr>
          <th scope="col">Hop</th>
          <th scope="col" class="number">Trackers</th>
          <th scope="col">For</th>
          <th scope="col">Sent to</th>
        </tr>
      </thead>
      <tbody>
        ${costs.map(
          ({ hop, total, byEvent, byVendor }) =>
            html`<tr>
              <th scope="row"><a href="#hop-${hop}">${hop}</a> ${hops[hop]?.host ?? 'given'}</th>
              <td class="number">${total}</td>
              <td>${mostOf(byEvent)}</td>
              <td>${mostOf(byVendor)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The names that come most often, each with its number. */
function mostOf(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const named = sorted.slice(0, MAX_NAMED).map(([name, number]) => `${name} ${number}`);
  const more = sorted.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function urlList(name: string, trackers: readonly NamedTracker[]): Html | false {
  if (trackers.length === 0) return false;
  return html`<details>
    <summary>${name}: ${trackers.length}</summary>
    <ul class="urls">
      ${trackers.map(({ event, url, hop }) => html`<li>${outsideLink(url)} <span class="small">${event}, hop ${hop}</span></li>`)}
    </ul>
  </details>`;
}
