import { basename } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { blankComments } from '../code/comments.ts';
import { specifiersOf } from '../code/specifier-words.ts';
import type { Mechanism } from './mechanism.ts';
import { isCacheHandler, servingCode } from './store-clients.ts';

/** What is written is JSON, and the file names a .json of its own. */
const WRITES =
  /\b(?:writeFile(?:Sync)?\s*\([^;]{0,120}?JSON\.stringify|outputJson(?:Sync)?\s*\(|writeJson(?:Sync)?\s*\()/;
const NAMED = /=[^;\n]{0,200}['"`/][\w-]+\.json['"`]|\(\s*['"`][^'"`\n]*\.json['"`]\s*,/;
const SERVERS = /^(?:next|express|fastify|koa|hono|@nestjs\/core)$/;

/** JSON that a server writes while it runs: the target of the write is a name that ends in .json. */
export function jsonFiles(repo: Repo): readonly Mechanism[] {
  return repo.layout.packages
    .filter(({ manifest }) => Object.keys(manifest.dependencies).some((name) => SERVERS.test(name)))
    .flatMap(({ dir }) =>
      servingCode(repo, dir)
        .flatMap((path) => writtenBy(repo, path))
        .filter(({ path }) => !isScript(repo, dir, path) && !isCacheHandler(repo, path))
        .slice(0, 1),
    );
}

function writtenBy(repo: Repo, path: string): readonly Mechanism[] {
  if (!mayWriteJson(repo, path)) return [];
  const code = blankComments(repo.peek(path) ?? '');
  const found = NAMED.test(code) ? WRITES.exec(code) : null;
  return found ? [{ kind: 'JSON files', path, at: found.index, how: 'files', orphan: false }] : [];
}

/** Whether the words of both patterns stand in a file; the rarest are asked for first. */
function mayWriteJson(repo: Repo, path: string): boolean {
  const has = (word: string) => repo.mentions(path, word);
  return ((has('JSON.stringify') && has('writeFile')) || has('Json')) && has('.json');
}

const ENTRY = /(^|\/)(?:index|server|main|app|worker)\.\w+$/;

/** It runs itself, exports nothing and is imported by nobody: somebody starts it by hand, and it keeps no records. */
function isScript(repo: Repo, dir: string, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (
    ENTRY.test(path) ||
    /^export\b|\bmodule\.exports\b/m.test(text) ||
    !/^(?:void |await )?main\(\)/m.test(text)
  )
    return false;
  const name = basename(path).replace(/\.\w+$/, '');
  const isMeant = (specifier: string) => specifier.replace(/\.\w+$/, '').endsWith(`/${name}`);
  return !servingCode(repo, dir).some((other) => other !== path && specifiersOf(repo, other).some(isMeant));
}
