import { isDeploying, isProse, isStarting } from './deploy-words.ts';
import { escaped } from './escaped.ts';
import { isMadeOf, joined } from './glob.ts';
import type { Repo } from './model.ts';
import { basename, dirname, join } from './paths.ts';
import { positionAt } from './text.ts';

/** A place in a deploy script that puts a Compose file into service. */
export interface Mention {
  readonly script: string;
  readonly line: number;
  /** Where the command starts: a backslash carries it on to the next line. */
  readonly command: string;
  readonly at: number;
  readonly target: string;
}

const COMPOSE_FILE = /(?:docker-)?compose(?:[.-][\w.{}$-]{1,100})?\.ya?ml/gi;
/** A script whose name says that it deploys; a `.disabled` or example file does not. */
const DEPLOY_SCRIPT =
  /(^|\/)(?:[\w.-]*[_.-])?(?:deploy|release|publish|ship)(?:[\w.-]*\.(?:sh|bash|mjs|js|ts|ps1))?$|(^|\/)\.github\/workflows\/[\w.-]*\.ya?ml$|(^|\/)(Makefile|justfile|Taskfile\.ya?ml)$/i;
/** Somebody's material: a script in it deploys something else, or is handed out. */
const MATERIAL =
  /(^|\/)(node_modules|examples?|templates?|starters?|fixtures|__tests__|tests?|e2e|docs?|public|static|website|playground)\//i;
/** Code of the product: what it says of `docker compose`, it says to its users. */
const PRODUCT = /(^|\/)(src|app|pages|lib|components|server|routes|services)\/.*\.[mc]?[jt]s$/;
const RUNS =
  /child_process|\bexeca\b|from ['"]zx['"]|\bshelljs\b|#!.{0,200}\bzx\b|\bBun\.\$|\bDeno\.Command\b/;

/** Nobody writes a longer script; what a bundler writes deploys nothing. */
const LONGEST = 100_000;

/** Every place at which a deploy script starts one of the files, in the order of the scripts. */
export function deployMentions(repo: Repo, paths: readonly string[]): readonly Mention[] {
  return repo
    .find(DEPLOY_SCRIPT)
    .filter((script) => !MATERIAL.test(script))
    .flatMap((script) => mentionsIn(repo, script, paths));
}

function mentionsIn(repo: Repo, script: string, paths: readonly string[]): readonly Mention[] {
  const text = repo.peek(script) ?? '';
  if (text.length > LONGEST || !/compose/i.test(text) || !isScript(script, text)) return [];
  const found = [...named(script, text, paths), ...unnamed(script, text, paths)];
  return found
    .filter(({ at }) => !isProse(text, at) && isDeploying(script, text, at) && isStarting(text, at))
    .flatMap(({ at, target, isOneOf }) => {
      const { line } = positionAt(text, at);
      return takers(text, startOfCommand(text, at)).map((taker) => {
        const start = `${script}:${positionAt(text, taker).line}`;
        const command = isOneOf ? `${start} ${target}` : start;
        return { script, line, command, at, target };
      });
    });
}

/** `BASE = … -f a.yml`, `PROD = $(BASE) -f b.yml`: a variable that others of a Makefile take up is a part of each. */
function takers(text: string, start: number): readonly number[] {
  const [, name] = /^(\w+)[ \t]*[:?]?=/.exec(text.slice(start, start + 200)) ?? [];
  const uses =
    name === undefined
      ? []
      : [
          ...text.matchAll(
            new RegExp(`^(\\t|\\w+[ \\t]*[:?]?=)[^\\n]{0,500}?\\$[({]${escaped(name)}[)}]`, 'gm'),
          ),
        ];
  const others = uses.flatMap(({ 1: head, index }) => (head === '\t' ? [] : [index]));
  const isStarted = uses.some(
    ({ 0: all, 1: head, index }) => head === '\t' && isStarting(text, index + all.length),
  );
  return others.length === 0 ? [start] : [...(isStarted ? [start] : []), ...others];
}

function isScript(script: string, text: string): boolean {
  return !/\.[mc]?[jt]s$/.test(script) || (!PRODUCT.test(script) && RUNS.test(text));
}

interface Place {
  readonly at: number;
  readonly target: string;
  /** A variable in its name stands for several files, one after the other. */
  readonly isOneOf?: true;
}

function named(script: string, text: string, paths: readonly string[]): readonly Place[] {
  return [...text.matchAll(COMPOSE_FILE)].flatMap((match): readonly Place[] => {
    const at = startOfPath(text, match.index);
    const mention = text.slice(at, match.index + match[0].length);
    if (basename(mention).includes('$'))
      return oneOf(mention, paths).map((target) => ({ at, target, isOneOf: true }));
    const target = resolveMention(script, mention, paths);
    return target === undefined ? [] : [{ at, target }];
  });
}

/** Where the path begins whose last part begins at an offset. */
function startOfPath(text: string, name: number): number {
  if (text[name - 1] !== '/') return name;
  let start = name;
  while (/[\w./{}$-]/.test(text[start - 1] ?? '')) start -= 1;
  return start;
}

const DEFAULTS = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const BARE_UP = /\bdocker[ -]compose((?: +--?\w[\w-]*(?:[= ](?!up\b)[^\s-]\S*)?)*) +up\b/g;

/** `docker compose up` without a file takes the one with the default name, and its override. */
function unnamed(script: string, text: string, paths: readonly string[]): readonly Place[] {
  if (/COMPOSE_FILE/.test(text)) return [];
  return [...text.matchAll(BARE_UP)].flatMap(({ index, 1: options = '' }) => {
    if (/\s(?:-f|--file|--project-directory)\b/.test(options)) return [];
    const target = defaultFile(folderAt(text, index), script, paths);
    if (target === undefined) return [];
    const override = target.replace(/(?=\.ya?ml$)/, '.override');
    return [target, ...paths.filter((path) => path === override)].map((path, place) => ({
      at: index + place,
      target: path,
    }));
  });
}

/** The folder that the last `cd` before an offset went to, where it is written out. */
function folderAt(text: string, offset: number): string | undefined {
  return [
    ...text.slice(0, offset).matchAll(/\bcd\s+["']?(?:\.\/)?([\w.-]+(?:\/[\w.-]+)*)\/?["']?(?=\s|;|&|$)/gm),
  ].at(-1)?.[1];
}

function defaultFile(
  folder: string | undefined,
  script: string,
  paths: readonly string[],
): string | undefined {
  const folders = folder === undefined ? [dirname(script), ''] : [folder, join(dirname(script), folder)];
  return folders
    .flatMap((dir) => DEFAULTS.map((name) => join(dir, name)))
    .find((path) => paths.includes(path));
}

function startOfCommand(text: string, offset: number): number {
  let start = startOfLine(text, offset);
  while (text.slice(Math.max(0, start - 2), start) === '\\\n') start = startOfLine(text, start - 1);
  return start;
}

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

const isOfWord = (character: string) => /[\w-]/.test(character);
const WORD = [{ kind: 'one', fits: isOfWord } as const, { kind: 'many', fits: isOfWord } as const];

/** `compose.${region}.yml`: every file whose name it may be. */
function oneOf(mention: string, paths: readonly string[]): readonly string[] {
  const pieces = joined(basename(mention).split(/\$\{?\w+\}?/), WORD);
  return paths.filter((path) => isMadeOf(pieces, basename(path)));
}

/** `${DIR}/infra/x.yml` and `infra/x.yml` from any working folder: the listed path that ends with the mention. */
function resolveMention(script: string, mention: string, paths: readonly string[]): string | undefined {
  const known = mention.replace(/^.*\$\{?\w+\}?\/?/, '').replace(/^(\.{1,2}\/)+/, '');
  const beside = join(dirname(script), known);
  if (paths.includes(known)) return known;
  if (paths.includes(beside)) return beside;
  const matches = paths.filter((path) => path.endsWith(`/${known}`));
  return matches.length === 1 ? matches[0] : undefined;
}
