import { defineRules } from '../../define-rules.ts';
import { URL_ELEMENTS } from '../../urls.ts';
import { ofPattern } from './spelling.ts';

/** Does a URL hold placeholders that somebody else should have filled? */
export const URL_UNRESOLVED_RULES = defineRules({ looksAt: 'element', elements: URL_ELEMENTS, severity: 'warning' }, [
  {
    id: 'url/unresolved-auction-macro',
    signs: ['$'],
    title: 'A macro of the auction was not filled',
    why: 'The exchange should have filled it; the server gets the name instead of a price.',
    fix: 'Fill ${…} before the markup is sent on.',
    spec: 'OpenRTB 2.6, 4.4',
    check: ofPattern(/\$\{[^$}]*\}/, (found, { name }) => `${name} holds ${found}`),
  },
  {
    id: 'url/unresolved-template',
    signs: ['{'],
    title: 'A placeholder of a template was not filled',
    why: 'The server gets the name instead of a value.',
    fix: 'Fill {{…}} in the ad server.',
    spec: 'VAST 4.3, 6.1',
    check: ofPattern(/\{\{[^{}]*\}\}/, (found, { name }) => `${name} holds ${found}`),
  },
  {
    id: 'url/unresolved-percent-macro',
    signs: ['%'],
    title: 'A macro between percent signs was not filled',
    why: 'The ad server that it was written for never saw it.',
    fix: 'Fill %%…%% before the tag is booked elsewhere.',
    spec: 'VAST 4.3, 6.1',
    check: ofPattern(/%%[A-Z_a-z:]+%%/, (found, { name }) => `${name} holds ${found}`),
  },
]);
