import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';
import type { Retention } from './read.ts';
import { SUBJECT } from './tables.ts';

const WHY = 'How long the law and the customers ask for is known to those who answer for the data.';
/** So many files make the point. */
const MOST_FILES = 5;
const SEEN = 'The finding is gone from the next audit.';

const TITLES: Readonly<Record<Code, (state: Retention, finding: Finding<Code>) => string>> = {
  'no-policy': writeTitle,
  'unfilled-policy': (_, { path }) =>
    `Fill ${path} in: a time for each kind of data in place of every placeholder`,
  'no-duration': (_, { path }) =>
    `Let ${path} say for each kind of data how many days, months or years it is kept`,
  'no-deletion': (_, { path }) =>
    `Let ${path} say what deletes each kind of data when its time is over, and where that can be seen`,
  'unspoken-store': ({ policy }, { path, data }) =>
    `Let ${policy?.path ?? SUBJECT.path} say what is kept in ${data?.kind} (${path}), for how long, and what deletes it`,
};

/** What a person could do today. */
export function stepsFor(state: Retention, findings: readonly Finding<Code>[]): readonly ManualStep[] {
  return findings.map((finding) => ({ title: TITLES[finding.code](state, finding), why: WHY, seenBy: SEEN }));
}

function writeTitle({ stores, rules }: Retention): string {
  const places = new Set(stores.map(({ kind, path }) => `${kind} (${path})`));
  const files = [...new Set(rules.map(({ path }) => path))].slice(0, MOST_FILES);
  const agree = files.length > 0 ? `; it agrees with the times that the code holds: ${files.join(', ')}` : '';
  return `Write ${SUBJECT.path}: a row for each kind of data in ${[...places].join(', ')}, in logs and in backups, with how long it is kept, why, what deletes it (a job, an option, a person) and who sees to it${agree}; and how a person's data is deleted on request, backups included`;
}
