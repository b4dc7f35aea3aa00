import type { Edit, Finding } from '../../src/contract.ts';
import type { Code } from './detect.ts';

/** Creates what is wanted, and nothing else. */
export function exampleEdits(wanted: readonly Finding<Code>[]): readonly Edit[] {
  return wanted.map(({ path }) => ({ kind: 'create', path, text: '# Example\n' }));
}
