import { SourceError } from '../../errors.ts';
import type { ComposeFile, Repo } from '../../repo/repo.ts';
import { type ComposeModel, composeModel } from './compose.ts';

/**
 * The model of a Compose file, for questions about all stacks at once: undefined for one that is no YAML as it stands
 * (a template, somebody's draft) and that nothing here deploys.
 * @throws SourceError when the file that is deployed is not YAML.
 */
export function readableStack(repo: Repo, file: ComposeFile): ComposeModel | undefined {
  try {
    return composeModel(repo, file);
  } catch (error) {
    if (error instanceof SourceError && file.deployed !== 'yes') return undefined;
    throw error;
  }
}
