import { defineRules } from '../../define-rules.ts';
import type { HopSubject } from '../../subject.ts';

/** So many wrappers cost more viewers than they bring. */
const MANY_WRAPPERS = 3;

/** Is the chain longer than it should be? */
export const CHAIN_LENGTH_RULES = defineRules({ looksAt: 'chain', severity: 'info', spec: 'VAST 4.3, 2.3.5.1' }, [
  {
    id: 'chain/not-all-checked',
    title: 'The chain has too many elements to look at them all',
    why: 'A document that is made to cost time would keep other ads waiting, so the rest was not held against the rules.',
    fix: 'Leave out what no player needs, or check the document alone.',
    check: ({ hops, checked }) => {
      if (checked().length === hops.length) return [];
      const ofChecked = new Set<HopSubject>(checked());
      return hops
        .filter((hop) => hop.document !== null && !ofChecked.has(hop))
        .map(({ hop }) => ({ hop, message: 'the elements of this document were not looked at' }));
    },
  },
  {
    id: 'chain/many-wrappers',
    title: 'The chain has many wrappers',
    why: 'Each is a round trip that a player waits for, and a place where ads get lost.',
    fix: 'Leave resellers out, or unwrap on the server.',
    check: ({ settled }) =>
      settled
        .filter(({ branch }) => branch.length >= MANY_WRAPPERS)
        .map(({ branch }) => ({ hop: null, message: `${branch.length} wrappers above the ad` })),
  },
]);
