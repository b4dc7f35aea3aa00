import type { Repo } from '../../repo/repo.ts';

const TELLS = /\.(sh|bash|ya?ml|md|service|disabled)$|(^|\/)(crontabs?|cron(\.d)?)\//;
/** `cd /srv/shop`, `git clone URL /srv/shop`, `WorkingDirectory=/srv/shop`, `/srv/shop/scripts/backup.sh`. */
const WAYS: readonly RegExp[] = [
  /\bcd\s+["']?(?<path>\/(?:root|home|srv|opt|var)\/[\w./-]{1,200})/g,
  /\bgit\s+clone\s+(?:-\S{1,80}[ \t]+){0,9}\S{1,300}[ \t]+["']?(?<path>\/[\w./-]{1,200})/g,
  /\bWorkingDirectory=(?<path>\/[\w./-]{1,200})/g,
  /(?<![\w$}.])(?<path>\/(?:root|home|srv|opt|var)\/[\w./-]{0,100}?[\w-])\/scripts\/[\w-]+\.sh\b/g,
];

/** Where the repository's own scripts and documents say that it is checked out on the server, each place once. */
export function checkoutsOf(repo: Repo): readonly string[] {
  const found = repo
    .find(TELLS)
    .filter((path) => !/(^|\/)(node_modules|examples?|tests?|fixtures)\//.test(path))
    .filter((path) => repo.mentions(path, /\bcd\s|clone|WorkingDirectory|\/scripts\//))
    .flatMap((path) => WAYS.flatMap((way) => [...(repo.peek(path) ?? '').matchAll(way)]))
    .map(({ groups }) => (groups?.path ?? '').replace(/(?<![/.])[/.]+$/, ''));
  return [...new Set(found)].sort();
}
