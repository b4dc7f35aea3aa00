import type { Repo } from '../../src/contract.ts';
import { lineStart } from '../../src/edit/ts-file.ts';
import type { Caller } from './callers.ts';
import { mentionsOf } from './mentions.ts';

/** Files that make machines call an address: health checks, cron jobs, probes, proxies, workflows, scripts. */
const SETTINGS =
  /\.(ya?ml|json|jsonc|json5|toml|tf|hcl|sh|bash|zsh|fish|ps1|bat|cmd|py|rb|go|php|rs|java|kt|pl|lua|conf|cfg|ini|cron|service|timer|http|rest|hurl|template|tmpl|j2|mk|properties|nomad|jinja|html?|vue|svelte|astro)$|(^|\/)([\w.-]*Dockerfile[\w.-]*|[\w.-]*Containerfile|Makefile|justfile|Procfile|Caddyfile|Jenkinsfile|crontab|\.env[\w.-]*|nginx[\w.-]*)$|(^|\/)(cron\.d|crontabs?|bin|hooks|\.husky)\/[\w.-]+$/i;
/** Written by programs, or descriptions that nothing is called by. */
const NOT_SETTINGS =
  /(^|\/)(package-lock|npm-shrinkwrap|composer\.lock|tsconfig[\w.-]*)\.json$|\.(tsbuildinfo|ipynb|map)$|(^|\/)(openapi|swagger)[\w.-]*\.(ya?ml|json)$|postman/i;

/** What machines call by a setting. */
export function settingCallers(repo: Repo, urls: readonly string[]): readonly Caller[] {
  return repo
    .find(SETTINGS)
    .filter((path) => !NOT_SETTINGS.test(path) && repo.mentions(path, '/api/'))
    .flatMap((path) => {
      const text = repo.peek(path) ?? '';
      if (isDescription(text)) return [];
      return urls.flatMap((url) =>
        mentionsOf(text, url)
          .filter((at) => !isCommented(path, text, at) && !isRefused(text, at))
          .map((at): Caller => ({ path, at, url, kind: 'setting' })),
      );
    });
}

/** An OpenAPI document says what there is. */
function isDescription(text: string): boolean {
  return /^\s*(?:\{\s*)?["']?(?:openapi|swagger)["']?\s*:/m.test(text.slice(0, 2000));
}

/** `#` in most of these files; `//` in what looks like C. JSON has none. */
function isCommented(path: string, text: string, at: number): boolean {
  if (path.endsWith('.json')) return false;
  const before = text.slice(lineStart(text, at), at);
  return /^\s*(#|;|--|REM\b)|\s#\s/i.test(before) || /^\s*\/[/*]/.test(before);
}

/** A location of a proxy that lets nobody through needs no route behind it. */
function isRefused(text: string, at: number): boolean {
  const line = text.slice(lineStart(text, at), at);
  return (
    /\blocation\b/.test(line) && /^[^}]*\b(deny\s+all|return\s+40[134])\b/.test(text.slice(at, at + 300))
  );
}
