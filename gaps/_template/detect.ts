import { CLOSED, type Findings } from '../../src/contract.ts';
import type { Docs } from './read.ts';

/** What may be wrong. */
export type Code = 'no-example';

/** The example is there, or it is what is missing. */
export function findingsOf({ path, text }: Docs): Findings<Code> {
  return text === undefined ? { findings: [{ code: 'no-example', path }] } : CLOSED;
}
