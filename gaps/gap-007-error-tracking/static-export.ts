import type { NextApp, Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';

const EXPORT = /\boutput\s*:\s*(['"`])export\1/;

/** Whether every build is files alone (`output: 'export'`), so that nothing runs on a server. */
export function isStaticExport(repo: Repo, { configPath }: NextApp): boolean {
  const code = configPath === undefined ? '' : withoutComments(repo, configPath);
  const found = EXPORT.exec(code);
  // For some builds only: `...(isPages && { output: 'export' })`.
  return found !== null && !/(?:&&|\?|\belse\b|\bif\b)[^;]{0,80}$/.test(code.slice(0, found.index));
}
