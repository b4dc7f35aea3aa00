import type { Repo } from '../../../src/contract.ts';
import type { ComposeService } from '../../../src/read/deploy/compose.ts';
import { composeCommands } from '../../../src/read/deploy/compose-commands.ts';
import { documentOf, envFileValues } from '../../../src/read/deploy/env-file.ts';
import { dirname, resolve } from '../../../src/repo/paths.ts';
import { asRecord } from '../../../src/repo/record.ts';

/** Files with the environment of the services, by their paths in the checkout. */
export function serviceEnvFiles(
  path: string,
  services: readonly ComposeService[],
  isWanted: (file: unknown) => boolean = () => true,
): readonly string[] {
  const names = services.flatMap(({ value }) => namesIn(value.env_file, isWanted));
  return [...new Set(names.map((name) => resolve(dirname(path), name) ?? name))];
}

/** `env_file: a`, `env_file: [a, b]`, `env_file: [{ path: a }]`. */
function namesIn(written: unknown, isWanted: (file: unknown) => boolean): readonly string[] {
  const files: readonly unknown[] = Array.isArray(written) ? written : [written];
  return files.filter(isWanted).flatMap((file) => {
    const path = typeof file === 'string' ? file : asRecord(file).path;
    return typeof path === 'string' ? path : [];
  });
}

/** A path that needs no quoting and leads nowhere else. */
const PLAIN = /^(?!\.\.\/)[\w.][\w./-]*$/;

/**
 * The env files that fill in the variables of the Compose file: those that its deployment names, or else those of its
 * services that hold such a variable, which the deployment has to name as well.
 */
export function fillingFiles(
  repo: Repo,
  path: string,
  services: readonly ComposeService[],
): readonly string[] {
  const lists = composeCommands(repo)
    .filter(({ creates, files }) => creates && files.includes(path))
    .flatMap(({ envFiles }) => (envFiles === undefined || envFiles === 'unknown' ? [] : [envFiles]));
  const [named] = lists;
  if (named && lists.every((list) => list.join('\n') === named.join('\n'))) return named.filter(isPlain);
  const names = new Set([...repo.text(path).matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name));
  return serviceEnvFiles(path, services, (each) => asRecord(each).required !== false).filter((file) => {
    const document = documentOf(repo, file);
    if (document === undefined || !isPlain(file)) return false;
    return [...envFileValues(repo.text(document)).keys()].some((name) => names.has(name));
  });
}

function isPlain(path: string): boolean {
  return PLAIN.test(path);
}
