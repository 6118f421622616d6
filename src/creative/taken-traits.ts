import type { AdTraits, Trait } from './ad-traits.ts';

/** The traits of the ads of a pod that were taken, and by whom. */
export type TakenTraits = {
  readonly take: (traits: AdTraits, by: string) => void;
  /** The trait that an ad has in common with one that was taken by somebody else; null where it has none. */
  readonly repeated: (traits: AdTraits, asked: readonly Trait[], by: string) => Trait | null;
};

/** None yet. Looking up costs by the traits of the one ad, however many were taken. */
export function createTakenTraits(): TakenTraits {
  /** Who took each first, and whether others did too: more of them change nothing. */
  const taken = new Map<string, { readonly first: string; readonly isByOthers: boolean }>();
  return {
    take: (traits, by) => {
      for (const [trait, values] of Object.entries(traits)) {
        for (const value of values) {
          const name = `${trait} ${value}`;
          const { first, isByOthers } = taken.get(name) ?? { first: by, isByOthers: false };
          taken.set(name, { first, isByOthers: isByOthers || first !== by });
        }
      }
    },
    repeated: (traits, asked, by) => {
      const isTaken = (name: string): boolean => {
        const found = taken.get(name);
        return found !== undefined && (found.isByOthers || found.first !== by);
      };
      return asked.find((trait) => traits[trait].some((value) => isTaken(`${trait} ${value}`))) ?? null;
    },
  };
}
