import type { Finding, Findings } from '../../src/contract.ts';
import type { DecisionState } from './read.ts';

export type Code = 'no-records' | 'only-template' | 'no-decision' | 'empty-record';

/** Nothing recorded, or nothing decided in what is recorded; a form left empty among real records is a note. */
export function detect({ records, template }: DecisionState): Findings<Code> {
  const [first] = records;
  if (first === undefined) return { findings: [missing(template)] };
  const empty = records.filter(({ hasDecision }) => !hasDecision);
  const code = empty.length * 2 < records.length ? 'empty-record' : 'no-decision';
  return {
    findings: empty.map(({ path }) => ({ code, path, at: 0 })),
    reason: `${records.length} decision ${records.length === 1 ? 'record' : 'records'}, the first ${first.path}`,
  };
}

function missing(template: string | undefined): Finding<Code> {
  return template === undefined
    ? { code: 'no-records', path: 'docs/adr' }
    : { code: 'only-template', path: template, at: 0 };
}
