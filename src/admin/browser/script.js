// The one script of the pages, which work without it: it opens what a link points into, reads documents in an editor,
// adds buttons that copy, says what a media file was found to be, and keeps a table fresh for as long as a box is ticked.

/** @typedef {ReturnType<typeof import('./modules/editor.js').openEditor>} Editor */

/** @type {Map<HTMLElement, Promise<Editor | null>>} */
const editors = new Map();

/**
 * The editor that takes the place of a source; null where there can be none: then the source stays as it is.
 * @param {HTMLElement} source
 */
const editorOf = (source) => {
  const known = editors.get(source);
  if (known) return known;
  const label = source.closest('details')?.querySelector('summary')?.textContent.trim() ?? '';
  const opened = import('./modules/editor.js').then(({ openEditor }) => openEditor(source, label)).catch(() => null);
  editors.set(source, opened);
  return opened;
};
for (const source of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('details .source'))) {
  const folded = source.closest('details');
  const opened = () => void (folded?.open && editorOf(source));
  folded?.addEventListener('toggle', opened);
  opened();
}

/**
 * The link that was followed last, and the element that it is about.
 * @type {{ hash?: string, path?: string | undefined }}
 */
let followed = {};
const openTarget = async () => {
  const target = document.getElementById(location.hash.slice(1));
  const folded = target?.closest('details');
  if (!target || !folded) return;
  folded.open = true;
  const source = /** @type {HTMLElement | null} */ (target.closest('.source'));
  const editor = source && (await editorOf(source));
  const path = followed.hash === location.hash ? followed.path : undefined;
  if (editor) editor.show(Number(target.id.split('-').at(-1)), path);
  else target.scrollIntoView({ block: 'center' });
};
addEventListener('hashchange', () => void openTarget());
addEventListener('click', ({ target }) => {
  const link = /** @type {HTMLAnchorElement | null} */ (
    target instanceof Element ? target.closest('a[href^="#"]') : null
  );
  if (!link) return;
  followed = { hash: link.hash, path: link.dataset['path'] };
  if (link.hash === location.hash) void openTarget();
});
void openTarget();

/** The link of the contents whose section is in sight. */
const markPlace = () => {
  const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.contents.stays a'))];
  const edge = innerHeight / 3;
  const passed = links.filter((link) => {
    const part = document.getElementById(link.hash.slice(1));
    return part !== null && part.getBoundingClientRect().top < edge;
  });
  const atEnd = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const now = atEnd ? links.at(-1) : passed.at(-1);
  for (const link of links) {
    if (link !== now) link.removeAttribute('aria-current');
    else if (link.getAttribute('aria-current') === null) {
      link.setAttribute('aria-current', 'true');
      link.parentElement?.scrollTo({ left: link.offsetLeft - 40 });
    }
  }
};
if (document.querySelector('.contents.stays')) {
  addEventListener('scroll', markPlace, { passive: true });
  markPlace();
}

/**
 * @param {Element} element
 * @param {() => string} text
 */
const offerCopy = (element, text) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text()).then(() => (button.textContent = 'Copied'));
  });
  element.after(button);
};
// only where the page came over TLS or from the same machine
if ('clipboard' in navigator) {
  for (const each of document.querySelectorAll('.command, .urls .url')) offerCopy(each, () => each.textContent);
}

const media = /** @type {HTMLVideoElement | HTMLAudioElement | HTMLImageElement | null} */ (
  document.querySelector('.preview video, .preview audio, .preview img')
);
const found = document.getElementById('found');
if (media && found) {
  /** @returns {readonly (string | false)[]} */
  const facts = () => {
    if (media instanceof HTMLImageElement) return [`${media.naturalWidth} × ${media.naturalHeight}`];
    const size =
      media instanceof HTMLVideoElement && media.videoWidth > 0 && `${media.videoWidth} × ${media.videoHeight}`;
    return [size, media.duration > 0 && `${Math.round(media.duration * 100) / 100} s`];
  };
  const told = () => (found.textContent = facts().filter(Boolean).join(', ') || 'it can be played');
  const failed = () => (found.textContent = 'it could not be loaded');
  media.addEventListener('loadedmetadata', told);
  media.addEventListener('load', told);
  media.addEventListener('error', failed);
  if (media instanceof HTMLImageElement) {
    if (media.complete) (media.naturalWidth > 0 ? told : failed)();
    else found.textContent = 'loading …';
  } else if (media.error) failed();
  else if (media.readyState > 0) told();
  else found.textContent = 'loading …';
}

/** The page as the server has it now. */
const fetchPage = async () => {
  const text = await (await fetch(location.href)).text();
  return new DOMParser().parseFromString(text, 'text/html');
};

/**
 * Puts in the place of what an element holds what the page holds there now.
 * @param {string} id
 * @param {Document} page
 */
const replace = (id, page) => {
  const fresh = page.getElementById(id);
  if (fresh) document.getElementById(id)?.replaceChildren(...fresh.childNodes);
};

const live = /** @type {HTMLInputElement | null} */ (document.getElementById('live'));
if (live) {
  const refresh = async () => {
    if (!live.checked || document.hidden) return;
    replace('fresh', await fetchPage());
  };
  if (live.parentElement) live.parentElement.hidden = false;
  setInterval(() => void refresh().catch(() => {}), 5000);
}

/**
 * Keeps a table fresh that fills by itself, until it is full; not while somebody is in it by keyboard.
 * @param {HTMLElement} table
 */
const keepFilling = async (table) => {
  const { activeElement } = document;
  const isUsed = activeElement !== table && table.contains(activeElement);
  if (document.hidden || isUsed) return;
  const page = await fetchPage();
  replace('fresh', page);
  if (page.querySelector('#fresh[data-refresh]')) {
    // only what has changed: a screen reader reads it out
    const status = page.querySelector('#progress [role=status]');
    document.querySelector('#progress [role=status]')?.replaceChildren(...(status?.childNodes ?? []));
    const [shown, now] = [document, page].map((each) => each.querySelector('progress'));
    if (shown && now) shown.value = now.value;
  } else {
    replace('progress', page);
    document.title = page.title;
    delete table.dataset['refresh'];
  }
};
const filling = /** @type {HTMLElement | null} */ (document.querySelector('#fresh[data-refresh]'));
if (filling) {
  const timer = setInterval(() => {
    if (filling.dataset['refresh'] === undefined) clearInterval(timer);
    else void keepFilling(filling).catch(() => {});
  }, Number(filling.dataset['refresh']));
}
