import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { persistenceOf } from '../../src/read/product/persistence.ts';

const WHY = 'How long the law and the customers ask for is known to those who answer for the data.';
const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';
const IN_CODE =
  /\bINTERVAL\s+'-?\d+ (?:day|month|year)s?'|\b(?:RETENTION|KEEP|MAX_AGE|TTL)_?\w*(?:DAYS|HOURS)\w*\s*[=:]\s*\d+|date\('now',\s*'-\d+ days?'|-mtime \+\d+/;

/** One of these stands in every text that IN_CODE matches; looking for a string is cheap. */
const HINTS = ['DAYS', 'HOURS', 'INTERVAL', "'now'", '-mtime'];

/** What a person could do today. */
export function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  return findings.flatMap(({ code, path }): ManualStep[] => {
    const step = (title: string) => [{ title, why: WHY, seenBy: SEEN }];
    if (code === 'no-policy') return step(write(repo));
    if (code === 'unfilled-policy')
      return step(`Fill ${path} in: a time for each kind of data in place of every placeholder`);
    if (code === 'no-duration')
      return step(`Let ${path} say for each kind of data how many days, months or years it is kept`);
    if (code === 'no-deletion')
      return step(
        `Let ${path} say what deletes each kind of data when its time is over, and where that can be seen`,
      );
    return [];
  });
}

function write(repo: Repo): string {
  const stores = persistenceOf(repo)
    .filter(({ orphan }) => !orphan)
    .map(({ kind, path }) => `${kind} (${path})`);
  const rules = timesInCode(repo);
  const agree = rules.length > 0 ? `; it agrees with the times that the code holds: ${rules.join(', ')}` : '';
  return `Write docs/data-retention.md: a row for each kind of data in ${[...new Set(stores)].join(', ')}, in logs and in backups, with how long it is kept, why, what deletes it (a job, an option, a person) and who sees to it${agree}; and how a person's data is deleted on request, backups included`;
}

/** Files in which the code itself already lets data go. */
function timesInCode(repo: Repo): readonly string[] {
  return repo
    .find(/\.(?:[cm]?[jt]s|sh)$/)
    .filter((path) => !/node_modules|\.test\.|(^|\/)tests?\//.test(path))
    .filter((path) => HINTS.some((hint) => repo.mentions(path, hint)) && repo.mentions(path, IN_CODE))
    .slice(0, 5);
}
