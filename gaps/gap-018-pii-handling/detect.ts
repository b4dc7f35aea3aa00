import type { Finding, Findings } from '../../src/contract.ts';
import type { Handling } from './read/handling.ts';
import type { PersonalData } from './read.ts';
import { SUBJECT } from './tables.ts';

export type Code = 'no-document' | 'unfilled-document' | 'unnamed-processor' | 'unspoken-store' | 'no-rights';

/** What the document about personal data lacks, or that there is none. */
export function detect({ persons, document, unnamed, unspoken }: PersonalData): Findings<Code> {
  if (!document) {
    const data = { what: persons.what, where: persons.path };
    return { findings: [{ code: 'no-document', path: SUBJECT.path, data }] };
  }
  const { path } = document;
  const data = { document: path };
  const findings: readonly Finding<Code>[] = [
    ...defectsOf(document),
    ...unnamed.map((each) => ({
      code: 'unnamed-processor' as const,
      path: each.path,
      at: each.at,
      data: { ...data, processor: each.service.name },
    })),
    ...unspoken.map((each) => ({
      code: 'unspoken-store' as const,
      path: each.path,
      at: each.at,
      data: { ...data, kind: each.kind },
    })),
  ];
  if (document.isForm) return { findings: defectsOf(document) };
  return { findings, reason: `the document is ${path}` };
}

function defectsOf({ path, at, isForm, hasRights }: Handling): readonly Finding<Code>[] {
  if (isForm) return [{ code: 'unfilled-document', path, at }];
  return hasRights ? [] : [{ code: 'no-rights', path, at }];
}
