import { type DebugForm, PRESETS } from '../../debug/debug-form.ts';
import { DEVICES } from '../../debug/device-facts.ts';
import { html, type HtmlContent, type Html } from './html.ts';

type Options = readonly (readonly [string, string])[];

const PROBES: Options = [
  ['off', 'no'],
  ['wait', 'yes, and wait for it'],
  ['background', 'afterwards, for the next time'],
];

const PROFILES: Options = [['', 'not asked'], ...Object.entries(DEVICES)];

const ON_TIMEOUT: Options = [
  ['none', 'no ad'],
  ['collapse', 'a shorter Wrapper with the trackers so far'],
];

const GDPR: Options = [
  ['', 'not said'],
  ['1', 'yes'],
  ['0', 'no'],
];

const ROWS = html`rows="3"`;

const PLAYERS: Options = Object.entries(PRESETS).map(([value, { name }]) => [value, name]);

/** Longer values are not sent back and forth. */
const MAX_SHOWN_CHARS = 131_072;

const shownAgain = (value: string): string => (value.length > MAX_SHOWN_CHARS ? '' : value);

/** Says that something is missing of what was filled in; null where all of it is shown again. */
export function missingNote(form: DebugForm): Html | null {
  const isMissing = Object.values(form).some((value) => value.length > MAX_SHOWN_CHARS);
  return isMissing
    ? html`<p class="note">What you pasted is too long to be shown again: paste it once more.</p>`
    : null;
}

/** What the ad is held against. */
export const playerField = (form: DebugForm): Html =>
  field('preset', 'Hold the ad against', select('preset', form.preset, PLAYERS));

/** Who sees the ad, and how long it may take: the part of a form that says so. */
export function viewerFields(form: DebugForm, maxTmaxMs: number): Html {
  return html`<div class="grid">
      ${field('ua', 'User agent of the viewer', input('ua', form.ua))}
      ${field('ip', 'IP address of the viewer', input('ip', form.ip), 'Sent to the ad servers, shown to nobody else.')}
      ${field('gdpr', 'GDPR applies', select('gdpr', form.gdpr, GDPR))}
      ${field('consent', 'Consent string (TCF)', input('consent', form.consent), 'Sent to the ad servers, shown to nobody else.')}
      ${field('tmax', 'Time in ms', input('tmax', form.tmax, html` inputmode="numeric"`), `At most ${maxTmaxMs}.`)}
      ${field('onTimeout', 'When time runs out', select('onTimeout', form.onTimeout, ON_TIMEOUT))}
      ${field('maxWrappers', 'Wrappers at most', input('maxWrappers', form.maxWrappers, html` inputmode="numeric"`))}
      ${field('probe', 'Look at the media files', select('probe', form.probe, PROBES))}
      ${field('profile', 'What a device can use', select('profile', form.profile, PROFILES), 'Its media files, and what its trackers cost it.')}
      ${field('bid', 'Which bid', input('bid', form.bid), 'Its id or that of its imp, where you paste several; else the first for a player.')}
    </div>
    ${tick('repair', form.repair, 'Mend documents that are not well-formed, and say what was mended')}
    ${tick('fresh', form.fresh, 'Ask afresh: pass by what the cache has')}
    <div class="grid">
      ${field('macros', 'Values for macros of the tag', area('macros', form.macros, ROWS), 'One a line, such as %%CACHEBUSTER%%=123 or PLACEMENTTYPE=1.')}
      ${field('imp', 'My own imp, as JSON', area('imp', form.imp, ROWS), 'Used where “my own” is chosen above.')}
    </div>`;
}

/** A control with its label, and a note below it that it is described by. */
export function field(name: string, label: string, control: Html, note: string | null = null): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label
    >${control}${note !== null && html`<p class="small" id="${name}-note">${note}</p>`}
  </div> `;
}

export function input(name: string, value: string, more: HtmlContent = null): Html {
  return html`<input
    id="${name}"
    name="${name}"
    value="${shownAgain(value)}"
    autocomplete="off"
    spellcheck="false"
    ${more}
  />`;
}

/** A text of several lines; `name` and `name-note` are its ids. */
// prettier-ignore
export const area = (name: string, value: string, more: HtmlContent): Html =>
  html`<textarea id="${name}" name="${name}" ${more} spellcheck="false" autocomplete="off" aria-describedby="${name}-note">
${shownAgain(value)}</textarea>`;

/** A box; what is sent in its place where it is not ticked comes before it. */
function tick(name: string, value: string, label: string): Html {
  return html`<p class="tick">
    <input type="hidden" name="${name}" value="" />
    <input type="checkbox" id="${name}" name="${name}" value="on" ${value !== '' && html` checked`} />
    <label for="${name}">${label}</label>
  </p>`;
}

export function select(name: string, value: string, options: Options): Html {
  return html`<select id="${name}" name="${name}">
    ${options.map(([each, text]) => html`<option value="${each}" ${each === value && html` selected`}>${text}</option>`)}
  </select>`;
}
