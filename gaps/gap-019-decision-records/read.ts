import { type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { isCollection } from '../../src/read/deploy/collection.ts';
import { type Records, recordsIn } from './read/records.ts';
import { CODE } from './tables.ts';

/** What is recorded of the decisions about a system, and what there was to decide. */
export interface DecisionState extends Records {
  /** Decisions that the repository shows, as subjects to write about. */
  readonly subjects: readonly string[];
}

/** Reads the decision records of a repository that holds code. */
export function readDecisions(repo: Repo): DecisionState | NotApplicable {
  if (!repo.files.some((path) => CODE.test(path))) return notApplicable('there is no code to decide about');
  if (isCollection(repo)) return notApplicable('a collection of stacks, each by itself');
  return { ...recordsIn(repo), subjects: subjectsOf(repo) };
}

function subjectsOf({ layout }: Repo): readonly string[] {
  return [
    ...(layout.apps.length > 0 ? ['the front end framework and how it is deployed'] : []),
    ...(layout.compose.length > 0 ? ['one server with Docker Compose'] : []),
    'where data is kept',
    'how people sign in',
  ];
}
