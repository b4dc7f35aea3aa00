import type { Repo } from '../../src/contract.ts';
import type { ComposeService } from '../../src/read/compose.ts';

const STARTS =
  /\.(sh|bash)$|^\.github\/workflows\/|(^|\/)(Makefile|justfile|Taskfile\.ya?ml|package\.json|\.?env[\w.-]*)$/;

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
