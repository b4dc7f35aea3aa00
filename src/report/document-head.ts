/** The target of a run. It never holds an absolute path, so that a report can be published. */
export interface RepoFacts {
  /** The folder's own name. */
  readonly name: string;
  /** The commit that is checked out, where there is one. */
  readonly commit?: string;
  /** Folders of the Next.js apps; '' is the root. */
  readonly apps: readonly string[];
  /** The Compose files. */
  readonly compose: readonly string[];
}

/** What every document starts with. */
export interface DocumentHead {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly repo: RepoFacts;
}

/** A document made without looking at a target: what is known of the tool itself, or why nothing was read. */
export type HeadWithoutRepo = Omit<DocumentHead, 'repo'> & { readonly repo?: RepoFacts };

/** Whether every gap was asked for, which decides what the next command names. */
export interface Selection {
  readonly all: boolean;
}
