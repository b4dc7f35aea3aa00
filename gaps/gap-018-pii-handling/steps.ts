import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { persistenceOf, storeKinds } from '../../src/read/product/persistence.ts';
import { processorsOf } from './processors.ts';

/** What a person could do today. */
export function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  const why =
    'Which data is needed, on what legal ground, and with whom there is a contract is known to those who answer for it.';
  const seenBy = 'The finding is gone from the next audit.';
  return findings.map(({ code, path, data }) => {
    if (code === 'unnamed-processor')
      return {
        title: `Let ${data?.document} say what ${data?.processor} is handed (${path}), what for, where it lies and under which contract`,
        why,
        seenBy,
      };
    if (code === 'no-document') return { title: write(repo), why, seenBy };
    if (code === 'no-rights')
      return {
        title: `Let ${path} say how a person asks for deletion or a copy, who answers, and within which time`,
        why,
        seenBy,
      };
    return { title: `Fill ${path} in, in place of every placeholder`, why, seenBy };
  });
}

function write(repo: Repo): string {
  const processors = processorsOf(repo).map(({ name, path }) => `${name} (${path})`);
  const stores = storeKinds(persistenceOf(repo));
  const places = [
    ...(stores.length > 0 ? [stores.join(', ')] : []),
    'session cookies',
    'logs with addresses',
    'backups',
  ];
  const outside =
    processors.length > 0 ? `; what each service outside is handed: ${processors.join(', ')}` : '';
  return `Write docs/pii-handling.md: which personal data is held and what for; where it lies (${places.join('; ')}), who can read it and how it is protected${outside}; how long it is kept; how a person has it deleted or handed out; and what is never logged`;
}
