import type { Repo } from '../../../src/contract.ts';
import { composeModel } from '../../../src/read/deploy/compose.ts';
import { composeCommands } from '../../../src/read/deploy/compose-commands.ts';
import { isCalled } from '../../../src/read/deploy/compose-heads.ts';
import type { Deployment } from '../../../src/read/deploy/deployments.ts';
import { wordsFrom } from '../../../src/read/deploy/shell-words.ts';

/** A deployment that deletes the images of earlier releases. */
export interface Pruned {
  readonly path: string;
  readonly at: number;
  /** Where an option can be put in. */
  readonly options: number;
}

const PRUNES = /\bdocker[ \t]+(?:image|system)[ \t]+prune\b/g;
const ALL = /^--all$|^-[b-z]*a/;

/**
 * Calls that delete every image that no container uses, whatever its tag: those to go back to are among them where the
 * images are built on the machine itself, and are nowhere else.
 */
export function prunedReleases(repo: Repo, deployments: readonly Deployment[]): readonly Pruned[] {
  return deployments
    .filter(({ kind, path }) => kind === 'script' && /\.(?:sh|bash)$/.test(path) && buildsHere(repo, path))
    .flatMap(({ path }) => {
      const text = repo.text(path).replace(/^[ \t]*#.*$/gm, (line) => ' '.repeat(line.length));
      return [...text.matchAll(PRUNES)].flatMap(({ index, 0: call }): Pruned[] => {
        const options = index + call.length;
        const words = wordsFrom(text, options).map(({ raw }) => raw);
        const spares = words.some((word) => /label!?=/.test(word));
        return isCalled(text, index) && words.some((word) => ALL.test(word)) && !spares
          ? [{ path, at: index, options }]
          : [];
      });
    });
}

function buildsHere(repo: Repo, script: string): boolean {
  const files = composeCommands(repo)
    .filter((command) => command.script === script && command.creates)
    .flatMap((command) => command.files);
  return files.some((path) => composeModel(repo, { path }).services.some(({ build }) => build !== undefined));
}
