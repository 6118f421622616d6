/**
 * The one script of the pages, which work without it: it opens what a link points into, reads
 * documents in an editor, adds buttons that copy,
 * says what a media file was found to be, and keeps a table fresh for as long as a box is ticked.
 */
export const SCRIPT = `'use strict';
const editors = new Map();
/** The editor that takes the place of a source; null where there can be none: then the source stays as it is. */
const editorOf = (source) => {
  if (!editors.has(source)) {
    const label = source.closest('details').querySelector('summary').textContent.trim();
    const opened = import('/debug/modules/editor.js').then(({ openEditor }) => openEditor(source, label));
    editors.set(
      source,
      opened.catch(() => null),
    );
  }
  return editors.get(source);
};
for (const source of document.querySelectorAll('details .source')) {
  const folded = source.closest('details');
  const opened = () => folded.open && editorOf(source);
  folded.addEventListener('toggle', opened);
  opened();
}

/** The link that was followed last, and the element that it is about. */
let followed = {};
const openTarget = async () => {
  const target = document.getElementById(location.hash.slice(1));
  const folded = target && target.closest('details');
  if (!folded) return;
  folded.open = true;
  const source = target.closest('.source');
  const editor = source && (await editorOf(source));
  if (editor) editor.show(Number(target.id.split('-').at(-1)), followed.hash === location.hash && followed.path);
  else target.scrollIntoView({ block: 'center' });
};
addEventListener('hashchange', openTarget);
addEventListener('click', ({ target }) => {
  const link = target.closest('a[href^="#"]');
  if (!link) return;
  followed = { hash: link.hash, path: link.dataset.path };
  if (link.hash === location.hash) openTarget();
});
openTarget();

const offerCopy = (element, text) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = 'Copied';
  });
  element.after(button);
};
if (navigator.clipboard) {
  for (const command of document.querySelectorAll('.command')) offerCopy(command, () => command.textContent);
  for (const url of document.querySelectorAll('.urls .url')) offerCopy(url, () => url.textContent);
}

const media = document.querySelector('.preview video, .preview audio, .preview img');
if (media) {
  const found = document.getElementById('found');
  const told = () => {
    const [width, height] = [media.videoWidth || media.naturalWidth, media.videoHeight || media.naturalHeight];
    const facts = [width && width + ' × ' + height, media.duration && Math.round(media.duration * 100) / 100 + ' s'];
    found.textContent = facts.filter(Boolean).join(', ') || 'it can be played';
  };
  const failed = () => (found.textContent = 'it could not be loaded');
  media.addEventListener('loadedmetadata', told);
  media.addEventListener('load', told);
  media.addEventListener('error', failed);
  if (media.error || (media.complete && !media.naturalWidth)) failed();
  else if (media.readyState > 0 || media.complete) told();
  else found.textContent = 'loading …';
}

const live = document.getElementById('live');
const refresh = async () => {
  if (!live.checked || document.hidden) return;
  const text = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('fresh');
  if (fresh) document.getElementById('fresh').replaceChildren(...fresh.childNodes);
};
if (live) {
  live.parentElement.hidden = false;
  setInterval(() => refresh().catch(() => {}), 5000);
}
`;

/** A play mark inside brackets. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fa8"/><path d="M12 9l12 7-12 7z" fill="#fff"/></svg>`;
