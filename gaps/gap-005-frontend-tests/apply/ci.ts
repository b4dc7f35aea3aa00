import type { Edit, Fix, NextApp, Repo } from '../../../src/contract.ts';
import { SourceError } from '../../../src/errors.ts';
import { COMMAND, runsTests } from './ci-command.ts';
import { cloudBuildEdit } from './cloud-build.ts';
import { workflowEdit } from './workflow.ts';

/** How one kind of CI file gets the run; undefined where its shape is not known. */
type Editor = (repo: Repo, app: NextApp, path: string) => Edit | undefined;

const KINDS: readonly (readonly [file: RegExp, edit: Editor])[] = [
  [/^cloudbuild[\w.-]*\.ya?ml$/, cloudBuildEdit],
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, workflowEdit],
  [/^(\.gitlab-ci\.yml|\.circleci\/config\.yml|azure-pipelines\.yml|Jenkinsfile)$/, () => undefined],
];

/**
 * The tests and their coverage run beside the build, and nothing is released before they pass. A Cloud Build file
 * or a workflow with a step that builds the app is edited; what else drives CI gets an exact step for a person.
 */
export function ciFix(repo: Repo, app: NextApp): Fix {
  const files = KINDS.flatMap(([file, edit]) => repo.find(file).map((path) => ({ path, edit })));
  const edits = files.flatMap(({ path, edit }) => edited(() => edit(repo, app, path)) ?? []);
  if (edits.length > 0 || files.length === 0 || files.some(({ path }) => runsTests(repo, app, path)))
    return { edits };
  const paths = files.map(({ path }) => path);
  const about = paths.filter((path) => app.dir !== '' && repo.mentions(path, app.dir));
  return {
    edits,
    manual: [
      {
        title: `Run ${COMMAND} in ${app.dir || 'the root'} before the build, in ${(about.length > 0 ? about : paths).join(' and ')}`,
        why: 'Which job may stop the release there is not to be seen from the file alone.',
        seenBy: 'A pull request with a failing test turns red.',
      },
    ],
  };
}

/** A CI file that does not parse keeps nobody from testing. */
function edited(edit: () => Edit | undefined): Edit | undefined {
  try {
    return edit();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
