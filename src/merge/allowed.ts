import type { ElementSchema } from '../vast/schema.ts';

/** What a place allows: what its schema says, anything (inside an Extension), or nothing that the version knows. */
export type Allowed = ElementSchema | 'anything' | 'nothing';

/** What a child of this name may be. */
export function allowedIn(parent: Allowed, name: string): Allowed {
  if (parent === 'anything' || parent === 'nothing') return parent;
  if (parent.children === null) return 'anything';
  return parent.children.get(name)?.element ?? 'nothing';
}
