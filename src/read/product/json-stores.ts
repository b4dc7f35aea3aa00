import type { Node } from 'oxc-parser';
import { basename } from '../../repo/paths.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { withoutComments } from '../code/comments.ts';
import { peekModule } from '../code/imports.ts';
import { specifiersOf } from '../code/specifier-words.ts';
import type { Mechanism } from './mechanism.ts';
import { isCacheHandler, servingCode } from './store-clients.ts';

/** What is written is JSON, and the file names a .json of its own. */
const WRITES =
  /\b(?:writeFile(?:Sync)?\s*\([^;]{0,120}?JSON\.stringify|outputJson(?:Sync)?\s*\(|writeJson(?:Sync)?\s*\()/;
const NAMED = /=[^;\n]{0,200}['"`/][\w-]+\.json['"`]|\(\s*['"`][^'"`\n]*\.json['"`]\s*,/;
/** What configures a proxy, and what is handed out, belongs to no server of this product. */
const OF_A_PROXY = /(^|\/)(?:nginx|caddy|traefik|haproxy)[\w.-]*\//i;
const SERVERS = /^(?:next|express|fastify|koa|hono|@nestjs\/core)$/;

/** JSON that a server writes while it runs: the target of the write is a name that ends in .json. */
export function jsonFiles(repo: Repo): readonly Mechanism[] {
  return repo.layout.packages
    .filter(({ manifest }) => Object.keys(manifest.dependencies).some((name) => SERVERS.test(name)))
    .flatMap(({ dir }) =>
      servingCode(repo, dir)
        .flatMap((path) => writtenBy(repo, path))
        .filter(
          ({ path }) => !OF_A_PROXY.test(path) && !isScript(repo, dir, path) && !isCacheHandler(repo, path),
        )
        .slice(0, 1),
    );
}

function writtenBy(repo: Repo, path: string): readonly Mechanism[] {
  if (!mayWriteJson(repo, path)) return [];
  const code = withoutComments(repo, path);
  const found = NAMED.test(code) ? WRITES.exec(code) : null;
  return found ? [{ kind: 'JSON files', path, at: found.index, how: 'files', orphan: false }] : [];
}

/** Whether the words of both patterns stand in a file; the rarest are asked for first. */
function mayWriteJson(repo: Repo, path: string): boolean {
  const has = (word: string) => repo.mentions(path, word);
  return ((has('JSON.stringify') && has('writeFile')) || has('Json')) && has('.json');
}

const ENTRY = /(^|\/)(?:index|server|main|app|worker)\.\w+$/;
/** Scripts of a package.json that run for as long as the product does. */
const SERVES = /^(?:start|dev|serve)\b/;

/** It exports nothing, is imported by nobody, and a person or a build starts it: it keeps no records. */
function isScript(repo: Repo, dir: string, path: string): boolean {
  const module = ENTRY.test(path) ? undefined : peekModule(repo, path);
  if (!module || module.exports.length > 0 || /\bmodule\.exports\b|\.listen\(/.test(module.text))
    return false;
  const name = basename(path).replace(/\.\w+$/, '');
  const isMeant = (specifier: string) => specifier.replace(/\.\w+$/, '').endsWith(`/${name}`);
  if (servingCode(repo, dir).some((other) => other !== path && specifiersOf(repo, other).some(isMeant)))
    return false;
  const starts = Object.entries(manifestOf(repo, dir)?.scripts ?? {}).filter(([, command]) =>
    command.includes(`${name}.`),
  );
  return starts.length > 0 ? starts.every(([title]) => !SERVES.test(title)) : runsItself(module);
}

function manifestOf(repo: Repo, dir: string) {
  return repo.layout.packages.find((each) => each.dir === dir)?.manifest;
}

/** `main()`, `await writeFile(…)`, `void main()`, `run().catch(…)`, `(async () => { … })()`. */
function runsItself({ program }: SourceModule): boolean {
  const declared = program.body.flatMap((node) =>
    node.type === 'FunctionDeclaration' && node.id ? [node.id.name] : [],
  );
  return program.body.some(
    (node) => node.type === 'ExpressionStatement' && isStart(node.expression, declared),
  );
}

function isStart(node: Node, declared: readonly string[]): boolean {
  if (node.type === 'AwaitExpression') return true;
  if (node.type === 'UnaryExpression') return isStart(node.argument, declared);
  if (node.type === 'MemberExpression') return isStart(node.object, declared);
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (callee.type === 'Identifier') return declared.includes(callee.name);
  const isFunction = callee.type === 'ArrowFunctionExpression' || callee.type === 'FunctionExpression';
  return isFunction || isStart(callee, declared);
}
