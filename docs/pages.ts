import { apiPage } from './pages/api.ts';
import { settingsPage } from './pages/settings.ts';
import { tracingPage } from './pages/tracing.ts';
import { validationRulesPage } from './pages/validation-rules.ts';
import { vastSupportPage } from './pages/vast-support.ts';

/** The pages that are made from the tables of the code: each file of this folder, and what gives its text. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'api.md': apiPage,
  'settings.md': settingsPage,
  'tracing.md': tracingPage,
  'vast-support.md': vastSupportPage,
  'validation-rules.md': validationRulesPage,
};
