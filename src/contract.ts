/** What a gap is and what it hands over: everything that a gap's folder imports by name. */
export * from './contract/checks.ts';
export * from './contract/edits.ts';
export * from './contract/findings.ts';
export * from './contract/gap.ts';
export * from './contract/meta.ts';
export type { ComposeFile, NextApp, Repo, SourceModule, Workspace } from './repo/repo.ts';
