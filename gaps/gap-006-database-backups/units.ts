import type { Finding } from '../../src/contract.ts';
import { KINDS, type Kind } from './stores.ts';

/** What the scripts take; the rest has dump programs of its own. */
export const TAKEN: readonly Kind[] = ['sqlite', 'redis', 'files'];

/** The kinds of data that a finding is about, as its data hold them. */
export function kindsOf({ data }: Finding): readonly Kind[] {
  const names = (data?.kinds ?? '').split(' ');
  return KINDS.filter((kind) => names.includes(kind));
}

/** Whether the scripts make the finding go away: a store they take, or a sleeping backup of nothing but such. */
export function isTaken(finding: Finding): boolean {
  const kinds = kindsOf(finding);
  return kinds.length > 0 && kinds.every((kind) => TAKEN.includes(kind));
}

/** One pair of scripts takes everything that it can: such findings are closed together. Others stand for themselves. */
export function unitOf(finding: Finding): string {
  return isTaken(finding) ? 'scripts' : `${finding.code} ${finding.path} ${finding.data?.store ?? ''}`;
}
