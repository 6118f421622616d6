import { html, type HtmlContent, type Html } from './html.ts';

export type Page = {
  readonly title: string;
  /** Which entry of the navigation it belongs to. */
  readonly place: 'debug' | 'batch' | 'history' | 'watch' | 'hosts';
  /** Without a script the page is asked for again after so many seconds; null for never. */
  readonly refreshSec?: number | null;
  /** A script of its own besides: a file of the folder `browser/`. */
  readonly script?: 'play.js';
  readonly body: HtmlContent;
};

const PLACES = [
  { place: 'debug', href: '/debug', name: 'Unwrap a tag' },
  { place: 'batch', href: '/batch', name: 'A list of tags' },
  { place: 'history', href: '/history', name: 'History' },
  { place: 'watch', href: '/watch', name: 'Watched' },
  { place: 'hosts', href: '/hosts', name: 'Hosts' },
] as const;

/** A whole page as text. It works as it is; the script adds buttons that copy and a view that updates. */
export function page({ title, place, refreshSec = null, script, body }: Page): string {
  const links = PLACES.map(
    (each) => html`<a href="${each.href}" ${each.place === place && html` aria-current="page"`}>${each.name}</a>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · vast-unwrap</title>
        ${refreshSec !== null && html`<noscript><meta http-equiv="refresh" content="${refreshSec}" /></noscript>`}
        <link rel="icon" href="/debug/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/debug/style.css" />
        <script type="module" src="/debug/script.js"></script>
        ${script !== undefined && html`<script type="module" src="/debug/${script}"></script>`}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <div class="wide">
            <a class="brand" href="/debug">vast-unwrap</a>
            <nav aria-label="Pages">${links}</nav>
          </div>
        </header>
        <main id="main" class="wide">${body}</main>
      </body>
    </html> `.markup;
}

/** A part of a page with its heading; `id` is what it is linked by. */
export function section(id: string, heading: string, body: HtmlContent, note: HtmlContent = null): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${heading}</h2>
    ${note && html`<p class="note">${note}</p>`} ${body}
  </section> `;
}

/** Where to look on a long page, by the ids of its sections: it stays in sight. */
export function contents(places: readonly (readonly [id: string, name: string])[]): Html {
  return html`<nav class="contents stays" aria-label="On this page">
    ${places.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}
  </nav>`;
}
