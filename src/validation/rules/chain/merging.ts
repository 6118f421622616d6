import { defineRules } from '../../define-rules.ts';

/** What merging finds out, which alone sees wrapper and ad side by side. */
export const CHAIN_MERGING_RULES = defineRules({ looksAt: 'merge' }, [
  {
    id: 'chain/unmerged-tracker',
    severity: 'info',
    title: 'A tracker of a Wrapper has nothing in the ad that it could belong to',
    why: 'It is never called, so the wrapper counts less than it expects.',
    fix: 'Wrap ads of the kind that is tracked, or leave the tracker out.',
    spec: 'VAST 4.3, 3.19',
  },
  {
    id: 'chain/media-in-wrapper',
    severity: 'warning',
    title: 'The creative of a Wrapper holds what has no meaning there; it was ignored',
    why: 'Media comes from the InLine alone; whoever put it into the wrapper expects it to be shown.',
    fix: 'Leave it out of the Wrapper, or answer with an InLine.',
    spec: 'VAST 4.3, 3.19',
  },
  {
    id: 'chain/version-foreign',
    severity: 'info',
    title: 'Something that was merged is not known to the version of the document; players that know it act on it',
    why: 'Players that go by the version of the document pass over it.',
    fix: 'Use one version along the chain, where the partners can.',
    spec: 'IAB Tech Lab, VAST schemas',
  },
]);
