import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { oncePer } from '../../../src/repo/once.ts';
import type { Step } from './code-behind.ts';

const CALLED = /\.(\w+)\.(?:useMutation|mutate|mutateAsync|mutationOptions|useServerActionMutation)\b/g;
const DECLARED =
  /\b(\w+)\s*[:=]\s*\w*[pP]rocedure\b(?:(?!\b\w+\s*[:=]\s*\w*[pP]rocedure\b)[\s\S]){0,200}?\.input\(/g;
/** What routers name otherwise than the file that a procedure stands in: `name: updateTeamName`. */
const ALIAS = /\b(\w+)\s*:\s*([a-z]\w+)\s*[,}]/g;

/** `api.post.create.useMutation()` of tRPC, where the procedure of that name checks its input. */
export function callsProcedure(repo: Repo, code: readonly string[], { piece }: Step): boolean {
  const names = Array.from(piece.code.matchAll(CALLED), ([, name = '']) => name);
  if (names.length === 0) return false;
  const { checked, aliases } = proceduresIn(repo)(code);
  return names.some(
    (name) => checked.has(name) || (aliases.get(name) ?? []).some((alias) => checked.has(alias)),
  );
}

interface Procedures {
  /** Those that check their input. */
  readonly checked: ReadonlySet<string>;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/** The procedures of a code base, read once. */
const proceduresIn = oncePer((repo: Repo) =>
  oncePer((code: readonly string[]): Procedures => {
    const checked = new Set<string>();
    const aliases = new Map<string, string[]>();
    for (const path of code) {
      const text = repo.peek(path) ?? '';
      if (text.includes('.input('))
        for (const [, name = ''] of withoutComments(repo, path).matchAll(DECLARED)) checked.add(name);
      if (/[rR]outer\(/.test(text))
        for (const [, name = '', of = ''] of text.matchAll(ALIAS))
          aliases.set(name, [...(aliases.get(name) ?? []), of]);
    }
    return { checked, aliases };
  }),
);
