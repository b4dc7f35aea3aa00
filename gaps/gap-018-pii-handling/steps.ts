import type { Finding, ManualStep } from '../../src/contract.ts';
import { storeKinds } from '../../src/read/product/persistence.ts';
import type { Code } from './detect.ts';
import type { PersonalData } from './read.ts';
import { SUBJECT } from './tables.ts';

const WHY =
  'Which data is needed, on what legal ground, and with whom there is a contract is known to those who answer for it.';
const SEEN = 'The finding is gone from the next audit.';

const TITLES: Readonly<Record<Code, (state: PersonalData, finding: Finding<Code>) => string>> = {
  'no-document': writeTitle,
  'unfilled-document': (_, { path }) => `Fill ${path} in, in place of every placeholder`,
  'unnamed-processor': (_, { path, data }) =>
    `Let ${data?.document} say what ${data?.processor} is handed (${path}), what for, where it lies and under which contract`,
  'unspoken-store': (_, { path, data }) =>
    `Let ${data?.document} say which personal data lies in ${data?.kind} (${path}), who can read it and how it is protected`,
  'no-rights': (_, { path }) =>
    `Let ${path} say how a person asks for deletion or a copy, who answers, and within which time`,
};

/** What a person could do today. */
export function stepsFor(state: PersonalData, findings: readonly Finding<Code>[]): readonly ManualStep[] {
  return findings.map((finding) => ({ title: TITLES[finding.code](state, finding), why: WHY, seenBy: SEEN }));
}

function writeTitle({ processors, stores }: PersonalData): string {
  const handed = processors.map(({ service, path }) => `${service.name} (${path})`);
  const kinds = storeKinds(stores);
  const places = [
    ...(kinds.length > 0 ? [kinds.join(', ')] : []),
    'session cookies',
    'logs with addresses',
    'backups',
  ];
  const outside = handed.length > 0 ? `; what each service outside is handed: ${handed.join(', ')}` : '';
  return `Write ${SUBJECT.path}: which personal data is held and what for; where it lies (${places.join('; ')}), who can read it and how it is protected${outside}; how long it is kept; how a person has it deleted or handed out; and what is never logged`;
}
