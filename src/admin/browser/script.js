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

const live = /** @type {HTMLInputElement | null} */ (document.getElementById('live'));
if (live) {
  const refresh = async () => {
    if (!live.checked || document.hidden) return;
    const text = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('fresh');
    if (fresh) document.getElementById('fresh')?.replaceChildren(...fresh.childNodes);
  };
  if (live.parentElement) live.parentElement.hidden = false;
  setInterval(() => void refresh().catch(() => {}), 5000);
}
