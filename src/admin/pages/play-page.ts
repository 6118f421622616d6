import { count } from '../../debug/figures.ts';
import { html, outsideLink, type Html } from './html.ts';
import { page } from './page.ts';
import { isPlain } from './media-page.ts';
import type { Picture, PlayedAd } from './played-ads.ts';
import { type Cue, TRIGGERS } from './timeline.ts';

export type PlayPage = {
  /** The path of the run. */
  readonly runPath: string;
  readonly ads: readonly PlayedAd[];
  /** Which of them is shown. */
  readonly at: number;
  /** What lets trackers be sent for real; null where they are counted only. */
  readonly armed: string | null;
};

/** One ad of a result in a player, beside it what would be told to whom and when. */
export function playPage({ runPath, ads, at, armed }: PlayPage): string {
  const ad = ads[at]!;
  return page({
    title: 'Play the ad',
    place: 'debug',
    script: 'play.js',
    body: html`<h1>${ad.title ?? 'An ad without a title'}</h1>
      <p class="lead">
        The merged ad as a player would show it. Your browser loads its media and pictures, from their own servers and
        no others, and says no referrer.
        ${ad.file !== null && isPlain(ad.file) && 'The media file comes by plain http: whoever is on the way can see and change it.'}
      </p>
      ${ads.length > 1 && slots(ads, runPath, at)}
      ${
        armed !== null &&
        html`<p class="problem" role="alert">
          <strong>Trackers are sent for real</strong>, each once, at its moment.
          <a href="${runPath}/play?ad=${at}">Only count them</a>
        </p>`
      }
      <div class="play">
        <div class="card stage-card">
          ${stage(ad)}
          ${
            ad.left.length > 0 &&
            html`<ul class="note">
              ${ad.left.map((each) => html`<li>${each}</li>`)}
            </ul>`
          }
        </div>
        <section class="card cues" aria-labelledby="cues-heading">
          <h2 id="cues-heading">Trackers</h2>
          <p id="counted" role="status">
            ${ad.cues.length === 0 ? 'There are none.' : `${count(ad.cues.length, 'URL')} at the moment in which ${ad.cues.length === 1 ? 'it' : 'each'} would fire. None is sent.`}
          </p>
          ${cueList(ad.cues, armed, at, runPath)}
          ${armed === null && ad.cues.length > 0 && html`<p><a href="${runPath}/play/send?ad=${at}">Send them for real …</a></p>`}
        </section>
      </div>
      <p class="after"><a class="button" href="${runPath}#creatives">Back to the result</a></p>`,
  });
}

function slots(ads: readonly PlayedAd[], runPath: string, at: number): Html {
  return html`<nav class="contents" aria-label="Ads of the pod">
    ${ads.map(({ title }, each) => html`<a href="${runPath}/play?ad=${each}" ${each === at && html` aria-current="page"`}>${each + 1}: ${title ?? 'without a title'}</a>`)}
  </nav>`;
}

/** The player: it works by the browser's own controls; the script adds what only a VAST player has. */
function stage({ file, skipSec, clickThrough, overlays, companions, icons }: PlayedAd): Html {
  return html`<div class="stage">
      ${file === null ? html`<p class="problem">The ad has no media file that a browser plays.</p>` : film(file)}
      ${overlays.map((each) => picture(each, 'overlay', 'overlayClick'))}
      ${icons.map((each) => picture(each, 'icon', 'iconClick'))}
    </div>
    <div class="actions" hidden id="acts">
      ${clickThrough !== null && html`<button type="button" data-act="click">Click the ad</button>`}
      ${skipSec !== null && html`<button type="button" data-act="skip" data-after="${skipSec}" disabled>Skip the ad</button>`}
      <button type="button" data-act="expand">Full screen</button>
      <button type="button" data-act="close">Close</button>
      <button type="button" id="restart">From the start</button>
    </div>
    ${clickThrough !== null && html`<p class="small">A click would lead to ${outsideLink(clickThrough)}</p>`}
    ${skipSec !== null && html`<p class="small">It can be skipped after ${skipSec} s.</p>`}
    ${
      companions.length > 0 &&
      html`<h2>Companions</h2>
        <div class="companions">${companions.map((each) => picture(each, 'companion', 'companionClick'))}</div>`
    }`;
}

function film({ url, isSound }: NonNullable<PlayedAd['file']>): Html {
  return isSound
    ? html`<audio id="film" src="${url}" preload="metadata" controls aria-label="the ad"></audio>`
    : html`<video id="film" src="${url}" preload="metadata" controls playsinline aria-label="the ad"></video>`;
}

function picture({ url, width, height, fromSec, toSec }: Picture, kind: string, act: string): Html {
  return html`<button
    type="button"
    class="${kind}"
    data-act="${act}"
    data-from="${fromSec}"
    ${toSec !== null && html` data-to="${toSec}"`}
  >
    <img
      src="${url}"
      alt="${kind}"
      referrerpolicy="no-referrer"
      ${width !== null && html` width="${width}"`}
      ${height !== null && html` height="${height}"`}
    />
  </button>`;
}

function cueList(cues: readonly Cue[], armed: string | null, at: number, runPath: string): Html {
  const send = armed === null ? null : html` data-send="${runPath}/play/fire" data-armed="${armed}" data-ad="${at}"`;
  return html`<ol id="cues" class="plain" ${send}>
    ${cues.map(
      (cue, position) =>
        html`<li
          data-cue="${position}"
          ${cue.on !== null && html` data-on="${cue.on}"`}
          ${cue.on === null && cue.share !== null && html` data-share="${cue.share}"`}
          ${cue.on === null && cue.share === null && html` data-at="${cue.atSec ?? 0}"`}
        >
          <span class="when">${whenOf(cue)}</span>
          <strong>${cue.event}</strong>${cue.offset !== null && ` ${cue.offset}`}
          <span class="small"
            >${cue.hop === null ? null : html`<a href="${runPath}#hop-${cue.hop}">hop ${cue.hop}</a>`}
            <span class="told"></span
          ></span>
          <div>${outsideLink(cue.url)}</div>
        </li>`,
    )}
  </ol>`;
}

function whenOf({ atSec, share, on }: Cue): string {
  if (on !== null) return `If ${TRIGGERS[on]}`;
  if (atSec !== null) return `${Math.round(atSec * 1000) / 1000} s`;
  return `After ${Math.round((share ?? 0) * 100)} %`;
}

/** The second question before trackers are sent: whom they go to. */
export function sendTrackersPage({ runPath, ads, at }: Omit<PlayPage, 'armed'>): string {
  const hosts = [...Map.groupBy(ads[at]!.cues, ({ url }) => URL.parse(url)?.host ?? 'no URL')];
  return page({
    title: 'Send the trackers for real',
    place: 'debug',
    body: html`<h1>Send the trackers for real?</h1>
      <p class="lead">
        Each URL counts for somebody: an impression is paid for, and an auction learns from it. Do this with ads of your
        own, on ad servers that are there for tests.
      </p>
      <div class="card">
        <table>
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col" class="number">URLs</th>
            </tr>
          </thead>
          <tbody>
            ${hosts.map(
              ([host, urls]) =>
                html`<tr>
                  <th scope="row">${host}</th>
                  <td class="number">${urls.length}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <p class="note">
          This service sends them, through its egress guard, each once at its moment, and only what happens in your
          player. Of the macros time and cache buster are filled in; nothing of a viewer is.
        </p>
        <form method="post" action="${runPath}/play/arm">
          <input type="hidden" name="ad" value="${at}" />
          <p>
            <label class="check"
              ><input type="checkbox" name="sure" value="yes" required /> These are my own, and may be counted.</label
            >
          </p>
          <div class="actions">
            <a class="button" href="${runPath}/play?ad=${at}">No, only count them</a>
            <button>Yes, send them</button>
          </div>
        </form>
      </div>`,
  });
}
