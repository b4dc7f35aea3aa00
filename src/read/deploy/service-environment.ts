import { resolve } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { Repo } from '../../repo/repo.ts';
import { documentOf, envFileValues } from './env-file.ts';
import { interpolate } from './interpolation.ts';
import type { ProjectEnvironment } from './project-environment.ts';

/** What a variable of a service is when the stack is deployed as its script says. */
export type Answer =
  /** Written in an env file; the value is that of its example. */
  | { readonly kind: 'value'; readonly value: string; readonly from: string }
  | { readonly kind: 'literal'; readonly value: string }
  /** Compose finds `names` nowhere and fills in nothing; `at` is where it is told to. */
  | {
      readonly kind: 'blank';
      readonly value: string;
      readonly names: readonly string[];
      readonly path: string;
      readonly at: number;
    }
  | { readonly kind: 'unset' }
  /** `value` is what it is where nothing more is set. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly value: string | undefined };

/** A service of the deployed stack, with the environment that it gets. */

/** Values that stand in the files of a server instead of those of the examples. */
export type Filled = ReadonlyMap<string, string>;

interface EnvFile {
  readonly path: string;
  readonly isRaw: boolean;
}

/** `env_file`: a path, or a list of paths and of maps with a path. */
export function envFilesOf(value: unknown): readonly EnvFile[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item): readonly EnvFile[] => {
    const { path, format } = typeof item === 'string' ? { path: item, format: undefined } : asRecord(item);
    return typeof path === 'string' ? [{ path, isRaw: format === 'raw' }] : [];
  });
}

interface FileScope {
  readonly repo: Repo;
  readonly folder: string;
  readonly project: ProjectEnvironment;
  readonly filled: Filled;
}

/** The variables of one `env_file`. */
export function fileAnswers(
  { repo, folder, project, filled }: FileScope,
  { path: written, isRaw }: EnvFile,
): ReadonlyMap<string, Answer> {
  const path = resolve(folder, interpolate(written, (name) => project.find(name).value).value);
  const document = path === undefined ? undefined : documentOf(repo, path);
  // Nothing documents it: whatever the server's copy is filled with is in it.
  if (document === undefined)
    return new Map([...filled].map(([name, value]) => [name, { kind: 'value', value, from: written }]));
  const values = envFileValues(repo.text(document), (name) => project.find(name).value, isRaw);
  return new Map(
    [...values].map(([name, value]) => [
      name,
      { kind: 'value', value: filled.get(name) ?? value, from: document },
    ]),
  );
}

interface Entry {
  readonly name: string;
  /** Undefined: handed on from the shell. */
  readonly value: string | undefined;
}

/** `environment` and `args`: a list of `A=b` and `A`, or a map. */
export function entriesOf(value: unknown): readonly Entry[] {
  if (Array.isArray(value))
    return value.map((item): Entry => {
      const [name = '', rest] = String(item).split(/=(.*)/s, 2);
      return { name: name.trim(), value: rest };
    });
  return Object.entries(asRecord(value)).map(([name, each]) => ({
    name,
    value: each === null || each === undefined ? undefined : String(each),
  }));
}
