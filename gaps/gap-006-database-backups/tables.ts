import type { ManualStep } from '../../src/contract.ts';
import type { Kind } from '../../src/read/backups/tables.ts';

/** What the scripts take; the rest has dump programs of its own. */
export const TAKEN: readonly Kind[] = ['sqlite', 'redis', 'files'];

/** The question that only the owner of the database's account can answer. */
export const ASK_THE_PROVIDER: ManualStep = {
  title:
    "Look up in the database provider's console whether automatic backups are on and how long they are kept, turn them on, restore one into a scratch database, and write down both in the deployment runbook",
  why: 'The setting lives in an account outside of the repository.',
  seenBy:
    'verify cannot see it; a backup setting in Terraform or a scheduled dump in the repository would show.',
};
