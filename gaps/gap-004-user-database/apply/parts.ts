import type { Edit, ManualStep } from '../../../src/contract.ts';

/** Edits, and what a person has to do where none can be made. */
export interface Part {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

export const NOTHING: Part = { edits: [], manual: [] };

/** Parts one after the other. */
export function joinParts(parts: readonly Part[]): Part {
  return { edits: parts.flatMap(({ edits }) => edits), manual: parts.flatMap(({ manual }) => manual) };
}
