import type { AdTraits, Trait } from './ad-traits.ts';

/** The traits of the ads of a pod that were taken, and by whom. */
export type TakenTraits = {
  readonly take: (traits: AdTraits, by: string) => void;
  /** The trait that an ad has in common with one that was taken by somebody else; null where it has none. */
  readonly repeated: (traits: AdTraits, asked: readonly Trait[], by: string) => Trait | null;
};

/** None yet. Looking up costs by the traits of the one ad, however many were taken. */
export function createTakenTraits(): TakenTraits {
  const taken = new Map<string, Set<string>>();
  return {
    take: (traits, by) => {
      for (const [trait, values] of Object.entries(traits)) {
        for (const value of values) {
          const name = `${trait} ${value}`;
          taken.set(name, (taken.get(name) ?? new Set()).add(by));
        }
      }
    },
    repeated: (traits, asked, by) => {
      const isTaken = (name: string): boolean => [...(taken.get(name) ?? [])].some((each) => each !== by);
      return asked.find((trait) => traits[trait].some((value) => isTaken(`${trait} ${value}`))) ?? null;
    },
  };
}
