import { type DebugForm, PRESETS } from './debug-form.ts';
import { html, type Content, type Html } from './html.ts';
import { page } from './page.ts';
import { SAMPLE_TAGS } from './sample-tags.ts';

export type FormPage = {
  readonly form: DebugForm;
  /** What was wrong with it, in sentences. */
  readonly problems: readonly string[];
  readonly maxTmaxMs: number;
};

/** Where a tag is pasted. */
export function formPage({ form, problems, maxTmaxMs }: FormPage): string {
  return page({
    title: 'Unwrap a tag',
    place: 'debug',
    body: html`<h1>What is wrong with this tag?</h1>
<p class="lead">Paste a VAST tag URL, a document, or an OpenRTB bid, alone or as <code>{ request, response }</code>. It is unwrapped just as in an auction, and you see each hop.</p>
${
  problems.length > 0 &&
  html`<div class="problem" role="alert">
    <h2>This could not be run</h2>
    <ul>
      ${problems.map((each) => html`<li>${each}</li>`)}
    </ul>
  </div>`
}
<form method="post" action="/debug" class="ask">
${field('tag', 'Tag', html`<textarea id="tag" name="tag" rows="7" required spellcheck="false" autocomplete="off" aria-describedby="tag-note">${form.tag}</textarea>`, 'Escaped for HTML, JSON or a URL is fine: it is undone, and you are told.')}
<p><button class="primary">Unwrap</button></p>
<details${isChanged(form) && html` open`}><summary>Viewer, consent, auction and limits</summary>
<div class="grid">
${field(
  'preset',
  'Hold the ad against',
  select(
    'preset',
    form.preset,
    Object.entries(PRESETS).map(([value, { name }]) => [value, name]),
  ),
  'What an auction asks for: the imp of OpenRTB.',
)}
${field('onTimeout', 'When time runs out', select('onTimeout', form.onTimeout, ON_TIMEOUT))}
${field('probe', 'Look at the media files', select('probe', form.probe, PROBES))}
${field('tmax', 'Time in ms', input('tmax', form.tmax, html` inputmode="numeric"`), `At most ${maxTmaxMs}.`)}
${field('maxWrappers', 'Wrappers at most', input('maxWrappers', form.maxWrappers, html` inputmode="numeric"`))}
${field('bid', 'Which bid', input('bid', form.bid), 'Its id or that of its imp, where you paste several; else the first for a player.')}
${field('ua', 'User agent of the viewer', input('ua', form.ua))}
${field('ip', 'IP address of the viewer', input('ip', form.ip), 'Sent to the ad servers, never shown.')}
${field('gdpr', 'GDPR applies', select('gdpr', form.gdpr, GDPR))}
${field('consent', 'Consent string (TCF)', input('consent', form.consent), 'Sent to the ad servers, never shown.')}
</div>
${field('imp', 'My own imp, as JSON', html`<textarea id="imp" name="imp" rows="4" spellcheck="false" aria-describedby="imp-note">${form.imp}</textarea>`, 'Used where “my own” is chosen above.')}
</details>
</form>
<section aria-labelledby="samples"><h2 id="samples">Or try one of these</h2>
<p class="note">None of them asks another host, but the last two, which try to.</p>
<form method="post" action="/debug" class="samples">${SAMPLE_TAGS.map(({ id, name }) => html`<button name="sample" value="${id}">${name}</button>`)}</form>
</section>`,
  });
}

type Options = readonly (readonly [string, string])[];

const PROBES: Options = [
  ['off', 'no'],
  ['wait', 'yes, and wait for it'],
  ['background', 'afterwards, for the next time'],
];

const ON_TIMEOUT: Options = [
  ['none', 'no ad'],
  ['collapse', 'a shorter Wrapper with the trackers so far'],
];

const GDPR: Options = [
  ['', 'not said'],
  ['1', 'yes'],
  ['0', 'no'],
];

function isChanged({ bid, ua, ip, consent, imp, gdpr, preset, onTimeout }: DebugForm): boolean {
  return [bid, ua, ip, consent, imp, gdpr].some((each) => each !== '') || preset !== 'none' || onTimeout !== 'none';
}

function field(name: string, label: string, control: Html, note: string | null = null): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label
    >${control}${note !== null && html`<p class="small" id="${name}-note">${note}</p>`}
  </div> `;
}

function input(name: string, value: string, more: Content = null): Html {
  return html`<input id="${name}" name="${name}" value="${value}" autocomplete="off" spellcheck="false" ${more} />`;
}

function select(name: string, value: string, options: Options): Html {
  return html`<select id="${name}" name="${name}">
    ${options.map(([each, text]) => html`<option value="${each}" ${each === value && html` selected`}>${text}</option>`)}
  </select>`;
}
