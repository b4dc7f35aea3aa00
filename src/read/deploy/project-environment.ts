import { join } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import type { ComposeCommand } from './compose-commands.ts';
import { documentOf, envFileValues } from './env-file.ts';

/** What Compose finds for a name when it fills in `${…}`. */
export type Found =
  | { readonly kind: 'value'; readonly value: string; readonly from: string }
  | { readonly kind: 'unset'; readonly value?: undefined }
  | { readonly kind: 'unknown'; readonly reason: string; readonly value?: undefined };

/** What Compose fills `${…}` from: the shell of its caller, then env files. */
export interface ProjectEnvironment {
  find(name: string): Found;
  /** The env files that are read, as paths of the repository. */
  readonly files: readonly string[];
}

export interface ProjectOptions {
  readonly repo: Repo;
  /** Undefined: a person calls Compose beside the file, in a shell that is not known. */
  readonly command: ComposeCommand | undefined;
  readonly folder: string;
  /** Values that stand in the files of a server instead of those of the examples. */
  readonly filled: ReadonlyMap<string, string>;
  /** Files of the stack that Compose does not fill in from, but that name variables. */
  readonly others: readonly string[];
}

/**
 * The environment in which a call of Compose fills in: what its script exports, then the files of `--env-file`, or
 * `.env` in the project's folder.
 */
export function projectEnvironment(options: ProjectOptions): ProjectEnvironment {
  const { repo, command, folder, filled } = options;
  const named = command?.envFiles;
  const files = named === undefined || named === 'unknown' ? [join(folder, '.env')] : named;
  const documents = files.map((path) => documentOf(repo, path));
  const lines = new Map(
    documents.flatMap((path) => (path === undefined ? [] : [...valuesOf(repo, path, filled)])),
  );
  const exported = exportedBy(repo, command, filled);
  const shell = undocumented(options, documents);
  const reason = whyUnknown(options, documents);
  return {
    files,
    find: (name) =>
      exported.get(name) ??
      shell.get(name) ??
      lines.get(name) ??
      (reason === undefined ? { kind: 'unset' } : { kind: 'unknown', reason }),
  };
}

type Values = ReadonlyMap<string, Found>;

function valuesOf(repo: Repo, document: string, filled: ReadonlyMap<string, string>): Values {
  return new Map(
    [...envFileValues(repo.text(document))].map(([name, value]) => [
      name,
      { kind: 'value', value: filled.get(name) ?? value, from: document },
    ]),
  );
}

function exportedBy(
  repo: Repo,
  command: ComposeCommand | undefined,
  filled: ReadonlyMap<string, string>,
): Values {
  if (command === undefined) return new Map();
  const { exports, script } = command;
  const documents = exports.files.flatMap((candidates) => documentAmong(repo, candidates) ?? []);
  return new Map<string, Found>([
    ...documents.flatMap((path) => [...valuesOf(repo, path, filled)]),
    ...[...exports.values].map(
      ([name, value]) => [name, { kind: 'value', value: filled.get(name) ?? value, from: script }] as const,
    ),
  ]);
}

function documentAmong(repo: Repo, candidates: readonly string[]): string | undefined {
  return candidates.map((path) => documentOf(repo, path)).find((path) => path !== undefined);
}

/** Values that no file of the stack names: whoever deploys has them in the shell. */
function undocumented(
  { repo, filled, others }: ProjectOptions,
  documents: readonly (string | undefined)[],
): Values {
  const known = [...documents, ...others.map((path) => documentOf(repo, path))];
  const names = new Set(
    known.flatMap((path) => (path === undefined ? [] : [...envFileValues(repo.text(path)).keys()])),
  );
  return new Map(
    [...filled]
      .filter(([name]) => !names.has(name))
      .map(([name, value]) => [name, { kind: 'value', value, from: 'the shell' }]),
  );
}

const WRITES =
  /(?:>{1,2}|\b(?:cp|mv|ln|tee|install|scp|rsync)\b[^\n]{0,200}[\s/"'])[ \t]*["']?(?:[\w./${}-]{0,200}\/)?\.env["']?[ \t]*(?:$|[\n;|&)])/m;

/** Why what is found nowhere may be there all the same; undefined where it is not. */
function whyUnknown(
  { repo, command, folder }: ProjectOptions,
  documents: readonly (string | undefined)[],
): string | undefined {
  if (command === undefined) return 'no script of the repository starts the stack';
  const { envFiles, exports, script } = command;
  if (envFiles === 'unknown') return `${script} names an env file that cannot be told by reading`;
  if (exports.isUnknown || exports.files.some((candidates) => documentAmong(repo, candidates) === undefined))
    return `${script} exports what cannot be told by reading`;
  if (documents.some((path) => path !== undefined)) return undefined;
  if (envFiles !== undefined) return `${envFiles.join(', ')} is documented nowhere`;
  const writer = repo
    .find(/(^|\/)[\w.-]+\.(?:sh|bash)$|(^|\/)\.github\/workflows\/[\w.-]+\.ya?ml$/)
    .find((path) => repo.mentions(path, '.env') && repo.mentions(path, WRITES));
  return writer === undefined ? undefined : `${writer} writes ${join(folder, '.env')}`;
}
