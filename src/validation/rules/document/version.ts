import { VERSIONS } from '../../../vast/document.ts';
import { defineRules } from '../../define-rules.ts';
import { atRoot } from '../../document-check.ts';
import type { ChainRule } from '../../rule.ts';

/** Does the document say its version so that every player understands it? */
export const DOCUMENT_VERSION_RULES = [
  ...defineRules({ looksAt: 'document' }, [
    {
      id: 'document/version-missing',
      severity: 'warning',
      title: 'VAST has no version',
      why: 'Every player guesses another version, so the same document is read in different ways.',
      fix: 'Add the attribute version, such as version="4.2".',
      spec: 'VAST 4.3, 3.2',
      check: atRoot(({ statedVersion }) =>
        (statedVersion ?? '').trim() === '' ? 'VAST has no version; it is read as 3.0' : null,
      ),
    },
    {
      id: 'document/version-form',
      severity: 'info',
      title: 'The version is written in an unusual way',
      why: 'Players compare the version with the words of the specification and may not know this one.',
      fix: `Write one of ${VERSIONS.join(', ')}.`,
      spec: 'VAST 4.3, 3.2',
      check: atRoot(({ statedVersion, version }) =>
        statedVersion === null || statedVersion.trim() === '' || statedVersion === version
          ? null
          : `version is "${statedVersion}"; it is read as ${version}`,
      ),
    },
    {
      id: 'document/version-draft',
      severity: 'info',
      title: 'The version is a draft',
      why: 'Few players know it yet, and its content may stand in any 4.x: the examples of its guidance say 4.2.',
      fix: 'Write version="4.2" or version="4.3".',
      spec: 'IAB CTV Ad Portfolio, 2026',
      check: atRoot(({ version }) =>
        version === '4.4' ? 'VAST 4.4 is a draft; it is read as 4.3 with additions' : null,
      ),
    },
  ]),
  ...defineRules({ looksAt: 'chain' }, [
    {
      id: 'document/mixed-versions',
      severity: 'info',
      title: 'The documents of the chain have different versions',
      why: 'A player reads each by its own rules; what a newer wrapper asks for may mean nothing to an older ad.',
      fix: 'Use one version along the chain, where the partners can.',
      spec: 'VAST 4.3, 4',
      check: mixedVersions,
    },
  ]),
];

function mixedVersions({ hops }: Parameters<ChainRule['check']>[0]): ReturnType<ChainRule['check']> {
  const versions = new Set<string>();
  for (const { document } of hops) if (document !== null) versions.add(document.version);
  if (versions.size < 2) return [];
  return [{ hop: null, message: `the chain mixes the versions ${[...versions].join(', ')}` }];
}
