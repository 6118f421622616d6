// The page that shows an ad in a player: tells which tracker would fire when, and sends it where that was allowed.

/** @typedef {{ row: HTMLElement, at: () => number | null, on: string | null, times: number }} Cue */

const film = /** @type {HTMLVideoElement | HTMLAudioElement | null} */ (document.getElementById('film'));
const list = /** @type {HTMLElement | null} */ (document.getElementById('cues'));
const acts = /** @type {HTMLElement | null} */ (document.getElementById('acts'));
const counted = document.getElementById('counted');

/** When a part of the ad is over, in s: a player goes by the file, whatever the ad says. @param {number} share */
const shareOf = (share) => (film && film.duration > 0 ? share * film.duration : null);

/** @type {Cue[]} */
const cues = [...(list?.children ?? [])].map((each) => {
  const row = /** @type {HTMLElement} */ (each);
  const { at, share, on = null } = row.dataset;
  return { row, on, times: 0, at: () => (share === undefined ? Number(at ?? NaN) : shareOf(Number(share))) };
});

/** How far the ad is, in s: what has no film is there as long as its page is. */
const secondsOf = () => {
  if (!film) return performance.now() / 1000;
  return film.ended ? film.duration : film.currentTime;
};

let hasBegun = false;
let isOver = false;

const tellCount = () => {
  if (!counted) return;
  const fired = cues.filter(({ times }) => times > 0).length;
  const sent = list?.dataset['send'] === undefined ? 'none is sent' : 'each was sent';
  counted.textContent = `${fired} of ${cues.length} would have fired; ${sent}.`;
};

/**
 * Counts a tracker, and has it sent where somebody has allowed that.
 * @param {Cue} cue
 */
const fire = (cue) => {
  cue.times += 1;
  cue.row.classList.add('fired');
  const told = cue.row.querySelector('.told');
  const seconds = Math.round(secondsOf() * 10) / 10;
  if (told) told.textContent = ` · fired at ${seconds} s${cue.times > 1 ? `, ${cue.times} times` : ''}`;
  const { send, armed = '', ad = '' } = list?.dataset ?? {};
  if (send !== undefined && cue.times === 1) {
    const body = new URLSearchParams({ armed, ad, cue: cue.row.dataset['cue'] ?? '' });
    void fetch(send, { method: 'POST', body }).then(({ ok }) => {
      if (told) told.textContent += ok ? ', sent' : ', not sent';
    });
  }
};

/** Fires what the time has come for. */
const moveOn = () => {
  if (isOver || !hasBegun) return;
  const now = secondsOf();
  for (const cue of cues) {
    const at = cue.on === null && cue.times === 0 ? cue.at() : null;
    // what is due at the end comes a few thousandths early in some files
    if (at !== null && at <= now + 0.01) fire(cue);
  }
  for (const skip of document.querySelectorAll('[data-after]')) {
    if (skip instanceof HTMLButtonElement) skip.disabled = now < Number(skip.dataset['after']);
  }
  for (const picture of document.querySelectorAll('[data-from]')) {
    if (!(picture instanceof HTMLElement) || picture.classList.contains('companion')) continue;
    const { from, to } = picture.dataset;
    picture.hidden = now < Number(from) || (to !== undefined && now >= Number(to));
  }
  tellCount();
};

/** Fires what waits for something that the viewer did. @param {string} what */
const act = (what) => {
  if (isOver || !hasBegun) return;
  for (const cue of cues) if (cue.on === what) fire(cue);
  if (what === 'skip' || what === 'close') {
    film?.pause();
    isOver = true;
  }
  tellCount();
};

for (const button of document.querySelectorAll('[data-act]')) {
  if (!(button instanceof HTMLElement)) continue;
  button.addEventListener('click', () => {
    const what = button.dataset['act'] ?? '';
    if (what === 'expand') void film?.requestFullscreen?.().catch(() => {});
    else act(what);
  });
}

if (film) {
  let isPaused = true;
  let isMuted = film.muted;
  let farthest = 0;
  film.addEventListener('playing', () => {
    if (!hasBegun) hasBegun = true;
    else if (isPaused) act('resume');
    isPaused = false;
    moveOn();
  });
  film.addEventListener('pause', () => {
    isPaused = true;
    if (!film.ended && !isOver) act('pause');
  });
  film.addEventListener('timeupdate', () => {
    farthest = Math.max(farthest, film.currentTime);
    moveOn();
  });
  film.addEventListener('seeked', () => {
    if (film.currentTime < farthest - 0.5) act('rewind');
  });
  film.addEventListener('ended', () => {
    moveOn();
    isOver = true;
  });
  film.addEventListener('volumechange', () => {
    if (film.muted !== isMuted) act(film.muted ? 'mute' : 'unmute');
    isMuted = film.muted;
  });
  const failed = () => {
    const problem = document.createElement('p');
    problem.className = 'problem';
    problem.setAttribute('role', 'alert');
    problem.textContent =
      'The browser cannot play the media file: it is of a type that it does not know, or its server did not send it, or leads to another host.';
    film.after(problem);
    hasBegun = true;
    act('error');
    isOver = true;
  };
  film.addEventListener('error', failed, { once: true });
  document.addEventListener('fullscreenchange', () => act(document.fullscreenElement ? 'expand' : 'collapse'));
  if (film.error) failed();
} else if (cues.length > 0) {
  hasBegun = true;
  setInterval(moveOn, 250);
}
if (acts) acts.hidden = false;
document.getElementById('restart')?.addEventListener('click', () => location.reload());
