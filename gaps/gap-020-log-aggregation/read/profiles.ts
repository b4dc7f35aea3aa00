import type { Repo } from '../../../src/contract.ts';
import type { ComposeService } from '../../../src/read/deploy/compose.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { oncePer } from '../../../src/repo/once.ts';

const STARTS =
  /\.(sh|bash)$|^\.github\/workflows\/|(^|\/)(Makefile|justfile|Taskfile\.ya?ml|package\.json|\.?env[\w.-]*)$/;

/** The texts that turn some profile on, without their comments: every service with a profile asks. */
const starters = oncePer((repo: Repo) =>
  repo.find(STARTS).flatMap((path) => {
    const text = repo.peek(path) ?? '';
    if (!text.includes('--profile') && !text.includes('COMPOSE_PROFILES')) return [];
    return [text.replace(/^[ \t]*#.*$/gm, '')];
  }),
);

/** Whether `up` starts a service: it has no profile, or something here turns one of its profiles on. */
export function isStarted(repo: Repo, { value }: ComposeService): boolean {
  if (!Array.isArray(value.profiles) || value.profiles.length === 0) return true;
  const names = new RegExp(value.profiles.map((name) => escaped(String(name))).join('|'));
  const on = new RegExp(
    `--profile[= ]+["']?(?:${names.source}|\\*)(?![\\w-])|COMPOSE_PROFILES["']?\\s*[=:][^\\n]{0,300}(?<![\\w-])(?:${names.source})(?![\\w-])`,
  );
  return starters(repo).some((text) => on.test(text));
}
