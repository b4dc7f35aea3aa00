import { defineGap, type Finding, notApplicable, unknown } from '../../src/contract.ts';
import { checksOf } from './checks.ts';
import { findBarePage, findHandling } from './document.ts';
import { findPersons } from './persons.ts';
import { processorsOf } from './processors.ts';
import { stepsFor } from './steps.ts';

type Code = 'no-document' | 'unfilled-document' | 'unnamed-processor' | 'no-rights';

export default defineGap({
  meta: {
    id: 'GAP-018',
    slug: 'pii-handling',
    title: 'PII handling documentation',
    problem: 'Nobody has written down which personal data is held, where it lies and who else gets it.',
    looksFor:
      'Applications that handle the data of people without a document about it, outside services that the document does not name, and documents that do not say how data is deleted.',
    category: 'Documentation',
    priority: 'P3',
    effort: '30 min',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-document':
        'The data of people is handled here ({{what}}, {{where}}), and no document says which, where and by whom.',
      'unfilled-document': 'This document about personal data is a form that nobody has filled in.',
      'unnamed-processor': '{{processor}} is handed data here, and {{document}} does not name it.',
      'no-rights': 'This document does not say how a person has data deleted or handed out.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-018',
      'https://eur-lex.europa.eu/eli/reg/2016/679/oj (GDPR, Articles 13, 15, 17 and 30)',
      'https://csrc.nist.gov/pubs/sp/800/122/final',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const persons = findPersons(repo);
    if (!persons) return notApplicable('nobody signs in here, and no table holds people');
    const handling = findHandling(repo);
    if (!handling) {
      const bare = findBarePage(repo);
      if (bare !== undefined) return unknown(`what ${bare} says stands somewhere else`);
      return {
        findings: [
          {
            code: 'no-document',
            path: 'docs/pii-handling.md',
            data: { what: persons.what, where: persons.path },
          },
        ],
      };
    }
    const { path, at, isForm, hasRights } = handling;
    if (isForm) return { findings: [{ code: 'unfilled-document', path, at }] };
    const unnamed = processorsOf(repo)
      .filter(({ name }) => !nameOf(name).test(handling.text))
      .map(
        (each): Finding<Code> => ({
          code: 'unnamed-processor',
          path: each.path,
          at: each.at,
          data: { processor: each.name, document: path },
        }),
      );
    const rights: readonly Finding<Code>[] = hasRights ? [] : [{ code: 'no-rights', path, at }];
    return { findings: [...rights, ...unnamed], reason: `the document is ${path}` };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) => checksOf(repo),
});

function nameOf(processor: string): RegExp {
  return new RegExp(
    processor
      .replace(/^Google /, '(?:Google|')
      .replace(/^(\(.*)$/, '$1)')
      .replace(/ /g, '\\s*'),
    'i',
  );
}
