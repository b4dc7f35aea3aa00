import type { NextApp, Repo } from '../../../src/contract.ts';

/** The boundaries that pass no error on. */
export function quietBoundariesOf(repo: Repo, { files }: NextApp): readonly string[] {
  return files
    .filter((path) => /(^|\/)(error|global-error)\.[jt]sx$/.test(path))
    .filter((path) => !repo.mentions(path, /capture|report|notify|track|logError|addError|recordError/i));
}
