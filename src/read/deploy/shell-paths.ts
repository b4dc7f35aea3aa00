import { dirname, resolve } from '../../repo/paths.ts';

/** What a script knows when it names a path: its own path in the repository, and its variables as written. */
export interface ShellScope {
  readonly script: string;
  readonly variables: ReadonlyMap<string, string>;
}

/** Where the repository stands, in front of paths that are told from the script's own. */
const ROOT = '@';
const OWN_FOLDER = /\$\{(?:BASH_SOURCE(?:\[0\])?|0)%\/\*\}/g;
const OWN_PATH = /\$\{(?:BASH_SOURCE(?:\[0\])?(?::-\$0)?|0)\}|\$(?:BASH_SOURCE\b|0)/g;
const FOLDER = /\$\(dirname (?:-- )?([^\s()$]+)\)|\$\{(\w+)%\/\*\}/;
const SAME = /\$\((?:realpath|readlink -f|cd(?: --)?) ([^\s()$>]+) *(?:>[^)&]{0,200})?(?:&& *pwd(?: -P)?)?\)/;
const MAX_STEPS = 12;

/**
 * A word as a path: `@/…` where it is told from the root of the repository, absolute or relative to the working
 * folder otherwise. Undefined where it cannot be told.
 */
export function expandWord(raw: string, scope: ShellScope, depth = 0): string | undefined {
  if (depth > MAX_STEPS) return undefined;
  const own = `${ROOT}/${scope.script}`;
  let text = raw.replace(/["']/g, '').replace(OWN_FOLDER, dirname(own)).replace(OWN_PATH, own);
  for (let step = 0; step < MAX_STEPS && /[$`]/.test(text); step += 1) {
    const next = oneStep(text, scope, depth);
    if (next === undefined || next === text) return undefined;
    text = next;
  }
  return /[$`]/.test(text) ? undefined : text;
}

function oneStep(text: string, scope: ShellScope, depth: number): string | undefined {
  const variable = /\$\{(\w+)\}|\$(\w+)|\$\{(\w+):?-[^}$]*\}/.exec(text);
  if (variable) return replaceVariable(text, variable, scope, depth);
  return text
    .replace('$(git rev-parse --show-toplevel)', ROOT)
    .replace('$(pwd)', '.')
    .replace(FOLDER, (_, path: string | undefined, name: string | undefined) =>
      dirname(path ?? expandWord(`$${name}`, scope, depth + 1) ?? '$'),
    )
    .replace(SAME, (_, path: string) => path);
}

function replaceVariable(
  text: string,
  { 0: match, index, 1: braced, 2: plain, 3: defaulted }: RegExpExecArray,
  scope: ShellScope,
  depth: number,
): string | undefined {
  const name = braced ?? plain ?? defaulted ?? '';
  const value = name === 'PWD' ? '.' : scope.variables.get(name);
  const expanded = value === undefined ? undefined : expandWord(value, scope, depth + 1);
  if (expanded === undefined) return undefined;
  return text.slice(0, index) + expanded + text.slice(index + match.length);
}

/** The paths of the repository that a word may stand for, the likeliest first: from its root, beside the script. */
export function candidatesFor(raw: string, scope: ShellScope, folders: readonly string[]): readonly string[] {
  const text = expandWord(raw, scope);
  if (text === undefined) return [];
  if (text === ROOT || text.startsWith(`${ROOT}/`)) return known(resolve('', text.slice(ROOT.length)));
  // An absolute path is that of somebody's checkout: its last parts are those of the repository.
  if (text.startsWith('/') || text.startsWith('~'))
    return text.split('/').map((_, index, parts) => parts.slice(index).join('/'));
  return folders.flatMap((folder) => known(resolve(folder, text)));
}

function known(path: string | undefined): readonly string[] {
  return path === undefined ? [] : [path];
}
