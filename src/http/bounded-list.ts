import { z } from 'zod';

/** Of so many entries each wrong one is named; of more the first alone. */
const NAMED = 100;

type Issues = { readonly issues: z.core.$ZodRawIssue[] };

/**
 * A list of at most `max` entries. zod looks at every entry and makes an issue of each wrong one, whatever `max` says:
 * half a second for a body of 200 KB. So the length is looked at first, and a long list is given up at its first wrong
 * entry.
 */
export function boundedList<Entry extends z.ZodType>(entry: Entry, max: number) {
  const look = (value: unknown, { issues }: Issues): unknown => {
    if (!Array.isArray(value)) return value;
    if (value.length > max) return refuse(issues, `at most ${max} entries, these are ${value.length}`, value);
    const wrong = value.length <= NAMED ? -1 : value.findIndex((each) => !entry.safeParse(each).success);
    if (wrong !== -1) return refuse(issues, 'this entry is wrong, and more may be', value, [wrong]);
    return value;
  };
  return z.preprocess(look, z.array(entry).max(max));
}

/** An object of at most `max` fields, looked at before what stands in them. */
export function fewFields(max: number) {
  return (value: unknown, { issues }: Issues): unknown => {
    const count = typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
    return count > max ? refuse(issues, `at most ${max} fields, these are ${count}`, value) : value;
  };
}

function refuse(issues: Issues['issues'], message: string, input: unknown, path: PropertyKey[] = []): never {
  issues.push({ code: 'custom', message, input, path, continue: false });
  return z.NEVER;
}
