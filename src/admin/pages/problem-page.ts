import { html } from './html.ts';
import { page } from './page.ts';

/** What was wrong with a request, and what to do. */
export function problemPage(title: string, detail: string): string {
  return page({
    title,
    place: 'debug',
    body: html`<h1>${title}</h1>
      <p class="lead">${detail}</p>
      <p class="after"><a class="button" href="/debug">Unwrap a tag</a></p>`,
  });
}
