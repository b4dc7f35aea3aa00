import { escaped } from '../../repo/escaped.ts';
import type { Repo } from '../../repo/repo.ts';
import { type ImportScope, resolveImport } from './imports.ts';
import { type ModulePart, type ModuleParts, modulePartsOf } from './module-parts.ts';

/** A name of a module, and how many imports away from it code is still followed. */
interface Call {
  readonly path: string;
  readonly name: string;
  readonly hops: number;
}

/**
 * The code that runs when an export of a module is called: the statements of that name and of the names they use, in
 * the module and, up to `hops` imports away, in others. Modules that only hand a name on are no step of the way.
 */
export function codeBehind(repo: Repo, scope: Pick<ImportScope, 'dir'>, { path, name, hops }: Call): string {
  const seen = new Set<string>();
  const found = new Set<string>();
  const waiting: Call[] = [{ path, name, hops }];
  for (let call = waiting.shift(); call; call = waiting.shift()) {
    const key = `${call.path}#${call.name}`;
    const parts = seen.has(key) ? undefined : modulePartsOf(repo, call.path);
    seen.add(key);
    if (!parts) continue;
    const own = parts.byName.get(call.name) ?? [];
    for (const { code } of own) found.add(code);
    waiting.unshift(...nextCalls(repo, scope, call, parts, own));
  }
  return [...found].join('\n');
}

function nextCalls(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  call: Call,
  parts: ModuleParts,
  own: readonly ModulePart[],
): readonly Call[] {
  const { path, name, hops } = call;
  const at = (specifier: string, wanted: string, left: number): readonly Call[] => {
    const target = left < 0 ? undefined : resolveImport(repo, scope, path, specifier);
    return target === undefined ? [] : [{ path: target, name: wanted, hops: left }];
  };
  const handedOn = parts.taken.get(name);
  if (handedOn?.exportedAs !== undefined) return at(handedOn.specifier, handedOn.name, hops);
  const alias = parts.aliases.get(name);
  if (own.length === 0 && alias === undefined && !handedOn)
    return parts.starred.flatMap((specifier) => at(specifier, name, hops));
  const used = [...(alias === undefined ? [] : [alias]), ...own.flatMap((part) => namesUsed(part, parts))];
  return used.flatMap((word) => {
    const from = parts.taken.get(word);
    if (!from) return [{ path, name: word, hops }];
    const wanted = from.name === '*' ? membersUsed(word, own) : [from.name];
    return wanted.flatMap((each) => at(from.specifier, each, hops - 1));
  });
}

const used = new WeakMap<ModulePart, readonly string[]>();

/** The names of its module that a statement mentions, in the order of their first use. */
function namesUsed(part: ModulePart, { byName, taken }: ModuleParts): readonly string[] {
  const known = used.get(part);
  if (known) return known;
  const words = new Set(part.code.match(/[A-Za-z_$][\w$]*/g));
  const found = [...words].filter(
    (word) => (word !== 'default' && byName.has(word)) || taken.get(word)?.local === word,
  );
  used.set(part, found);
  return found;
}

/** `db.users.find()` uses `users` of a namespace. */
function membersUsed(namespace: string, own: readonly ModulePart[]): readonly string[] {
  const member = new RegExp(`(?<![\\w$.])${escaped(namespace)}\\.([\\w$]+)`, 'g');
  return [...new Set(own.flatMap(({ code }) => [...code.matchAll(member)].map(([, name = '']) => name)))];
}
