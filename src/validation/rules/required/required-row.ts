import type { VastErrorCode } from '../../../vast/error-code.ts';

/** What is missing, why that matters, and where the specification says so. */
export type RequiredRow = {
  /** `Parent/Child` or `Element@attribute`; several parents separated by a space. */
  readonly of: string;
  readonly severity: 'error' | 'warning';
  readonly vastError?: VastErrorCode;
  readonly why: string;
  readonly fix: string;
  /** Of VAST 4.3. */
  readonly section: string;
  readonly coveredBy?: readonly string[];
};

/** `VASTAdTagURI` to `vast-ad-tag-uri`. */
export function kebabCase(name: string): string {
  return name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .replace(/(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
    .toLowerCase();
}

/** Is a name among these? In another case, or with a prefix, it is not missing but written wrongly: another rule tells that. */
export function hasName(names: Iterable<string>, wanted: string): boolean {
  const lower = wanted.toLowerCase();
  for (const name of names) {
    if (name === wanted) return true;
    if (name.length >= wanted.length && name.slice(name.indexOf(':') + 1).toLowerCase() === lower) return true;
  }
  return false;
}
