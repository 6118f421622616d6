/** The one script of the pages. They work without it: it opens what a link points into. */
export const SCRIPT = `'use strict';
const openTarget = () => {
  const target = document.getElementById(location.hash.slice(1));
  const folded = target && target.closest('details');
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView({ block: 'center' });
};
addEventListener('hashchange', openTarget);
openTarget();
`;

/** A play mark inside brackets. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fa8"/><path d="M12 9l12 7-12 7z" fill="#fff"/></svg>`;
