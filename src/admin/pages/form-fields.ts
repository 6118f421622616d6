import { type DebugForm, PRESETS } from './debug-form.ts';
import { html, type Content, type Html } from './html.ts';

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

/** Who sees the ad, what it is held against, and how long it may take: the part of a form that says so. */
export function viewerFields(form: DebugForm, maxTmaxMs: number): Html {
  return html`<div class="grid">
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
    ${field('imp', 'My own imp, as JSON', html`<textarea id="imp" name="imp" rows="4" spellcheck="false" aria-describedby="imp-note">${form.imp}</textarea>`, 'Used where “my own” is chosen above.')}`;
}

/** A control with its label, and a note below it that it is described by. */
export function field(name: string, label: string, control: Html, note: string | null = null): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label
    >${control}${note !== null && html`<p class="small" id="${name}-note">${note}</p>`}
  </div> `;
}

export function input(name: string, value: string, more: Content = null): Html {
  return html`<input id="${name}" name="${name}" value="${value}" autocomplete="off" spellcheck="false" ${more} />`;
}

function select(name: string, value: string, options: Options): Html {
  return html`<select id="${name}" name="${name}">
    ${options.map(([each, text]) => html`<option value="${each}" ${each === value && html` selected`}>${text}</option>`)}
  </select>`;
}
