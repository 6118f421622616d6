import type { Redact } from './redact.ts';

/** A tag URL, OpenRTB or a document, without what others may not see. */
export function sharedTag(tag: string, redact: Redact): string {
  if (/^\s*https?:\S+\s*$/i.test(tag)) return redact.url(tag.trim());
  try {
    return JSON.stringify(redact.json(JSON.parse(tag)), null, 2);
  } catch {
    return redact.text(tag);
  }
}
