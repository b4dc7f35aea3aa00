import type { Repo } from '../../../src/contract.ts';
import { lineStart } from '../../../src/edit/ts-file.ts';
import { DESCRIPTION, GENERATED, SETTINGS } from '../tables.ts';
import type { Caller } from './caller.ts';
import { mentionsOf } from './mentions.ts';
import type { DebugRoute } from './routes.ts';

/** What machines call by a setting, and the descriptions that name a route. */
export function settingCallers(repo: Repo, routes: readonly DebugRoute[]): readonly Caller[] {
  const urls = [...new Set(routes.map(({ url }) => url))];
  return repo
    .find(SETTINGS)
    .filter((path) => !GENERATED.test(path))
    .flatMap((path) => {
      const text = repo.peek(path) ?? '';
      const kind = DESCRIPTION.test(path) || isDescription(text) ? 'mention' : 'setting';
      return urls.flatMap((url) =>
        [...mentionsOf(text, url), ...behindBase(text, url)]
          .filter((at) => !isCommented(path, text, at) && !isRefused(text, at))
          .map((at): Caller => ({ path, at, url, kind })),
      );
    });
}

/** A name for the base of the API right before an address: `$API/test`, `${API_URL}/debug/env`, `{{api}}/debug`. */
const API_NAME = /(?:\$|\{)\w{0,30}api\w{0,30}\}{0,2}$/i;

function behindBase(text: string, url: string): readonly number[] {
  return mentionsOf(text, url.replace(/^\/api/, '')).filter((at) =>
    API_NAME.test(text.slice(Math.max(0, at - 64), at)),
  );
}

/** An OpenAPI document says what there is. */
function isDescription(text: string): boolean {
  return /^[ \t]*(?:\{[ \t]*)?["']?(?:openapi|swagger)["']?\s*:/m.test(text.slice(0, 2000));
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
