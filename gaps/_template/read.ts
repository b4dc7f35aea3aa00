import { type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';

/** Where the example stands. */
const EXAMPLE = 'docs/example.md';

/** What this gap knows of a repository. */
export interface Docs {
  readonly path: string;
  /** Undefined where there is no example. */
  readonly text: string | undefined;
}

/** Reads the example; a repository without README has nothing to document. */
export function readDocs(repo: Repo): Docs | NotApplicable {
  if (!repo.exists('README.md')) return notApplicable('there is nothing to document');
  return { path: EXAMPLE, text: repo.peek(EXAMPLE) };
}
