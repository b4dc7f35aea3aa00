import type { Repo } from '../../src/contract.ts';
import { type ComposeService, composeModel } from '../../src/read/compose.ts';
import { yamlValue } from '../../src/read/yaml-value.ts';
import { dirname, resolve } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';

const STARTS =
  /\.(sh|bash)$|^\.github\/workflows\/|(^|\/)(Makefile|justfile|Taskfile\.ya?ml|package\.json|\.?env[\w.-]*)$/;

/** A stack and the files that it includes; `isWhole` is false where one of them is not in the repository. */
export function withIncluded(
  repo: Repo,
  paths: readonly string[],
): { readonly paths: readonly string[]; readonly isWhole: boolean } {
  const all = new Set(paths);
  let isWhole = true;
  for (const path of all) {
    for (const file of includedBy(repo, path)) {
      if (file !== undefined && repo.exists(file)) all.add(file);
      else isWhole = false;
    }
  }
  return { paths: [...all], isWhole };
}

/** `include: [logs.yml]`, or with `path:`, one or several; undefined for what is not a path inside of the repository. */
function includedBy(repo: Repo, path: string): readonly (string | undefined)[] {
  if (composeModel(repo, { path }).isWhole) return [];
  return [asRecord(yamlValue(repo, path)).include]
    .flat()
    .flatMap((entry) => (typeof entry === 'string' ? entry : asRecord(entry).path))
    .map((name) => (typeof name === 'string' ? resolve(dirname(path), name) : undefined));
}

/** Whether `up` starts a service: it has no profile, or something here turns one of its profiles on. */
export function isStarted(repo: Repo, { value }: ComposeService): boolean {
  if (!Array.isArray(value.profiles) || value.profiles.length === 0) return true;
  const names = value.profiles.map((name) => String(name).replace(/[^\w-]/g, '\\$&')).join('|');
  const on = new RegExp(
    `--profile[= ]+["']?(?:${names}|\\*)(?![\\w-])|COMPOSE_PROFILES["']?\\s*[=:][^\\n]*(?<![\\w-])(?:${names})(?![\\w-])`,
  );
  return repo.find(STARTS).some((path) => {
    const text = repo.peek(path) ?? '';
    return /--profile|COMPOSE_PROFILES/.test(text) && on.test(text.replace(/^\s*#.*$/gm, ''));
  });
}
