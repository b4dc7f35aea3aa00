import type { Repo, SourceModule } from '../../../src/contract.ts';
import { codeBaseOf } from '../../../src/read/code/code-base.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { importersOf, peekModule, requestsOf } from '../../../src/read/code/imports.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { basename, isInside } from '../../../src/repo/paths.ts';
import { standingOf } from '../../../src/repo/standing.ts';
import { LOGGERS, SENDING_PARTS, SENDS, TRANSPORT } from '../tables.ts';
import type { Place } from './place.ts';
import { switchThatKeepsOff } from './switches.ts';

/** A transport that code starts, unless a switch keeps it off. */
export interface SwitchedOff extends Place {
  /** What keeps it off, for people. */
  readonly by: string;
}

/** What sends logs to a service from inside of the program, and what would if somebody used it. */
export interface Transports {
  readonly used: readonly Place[];
  readonly unused: readonly Place[];
  /** The first of each file and switch. */
  readonly off: readonly SwitchedOff[];
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const NEXT_CONFIG = /^next\.config\.[cm]?[jt]s$/;

/** The transports that packages of the repository declare, and sinks that loggers of its own are given. */
export function transportsIn(repo: Repo): Transports {
  const found = [...declaredTransports(repo), ...ownSinks(repo)];
  const off = found.flatMap((each) => (each.state === 'off' ? [each] : []));
  return {
    used: found.filter((each) => each.state === 'used'),
    unused: found.filter((each) => each.state === 'unused'),
    off: off.filter(
      ({ path, by }, index) => off.findIndex((each) => each.path === path && each.by === by) === index,
    ),
  };
}

type Found = (Place & { readonly state: 'used' | 'unused' }) | (SwitchedOff & { readonly state: 'off' });

function declaredTransports(repo: Repo): readonly Found[] {
  return repo.layout.packages.flatMap(({ path, dir, manifest }) =>
    Object.keys(manifest.dependencies)
      .filter((name) => TRANSPORT.test(name))
      .map((name): Found => {
        const uses = codeOf(repo, dir).flatMap((file) => useOf(repo, file, name) ?? []);
        const used = uses.find(({ state }) => state === 'used') ?? uses[0];
        const declared = Math.max(0, repo.text(path).indexOf(`"${name}"`));
        return used ?? { state: 'unused', path, at: declared, name };
      }),
  );
}

function codeOf(repo: Repo, dir: string): readonly string[] {
  const app = repo.layout.apps.find((each) => each.dir === dir);
  const own = app ? codeBaseOf(repo, app).code : repo.files.filter((path) => isInside(dir, path));
  return own.filter((path) => CODE.test(path) && mayLog(path));
}

/** Tests and settings of tools hand no logger anything; those of Next.js may wrap the whole application. */
function mayLog(path: string): boolean {
  const isConfig = /\.config\.\w+$/.test(path);
  return standingOf(path) !== 'test' && (!isConfig || NEXT_CONFIG.test(basename(path)));
}

/** How a file uses a package: it imports it, or hands its name to a logger (`transport: { target: 'pino-loki' }`). */
function useOf(repo: Repo, path: string, name: string): Found | undefined {
  if (!repo.mentions(path, name)) return undefined;
  const module = peekModule(repo, path);
  if (!module) return undefined;
  const sends = SENDING_PARTS.get(name);
  const isPart = (word: string) => sends?.test(word) ?? (word === name || word.startsWith(`${name}/`));
  const requests = requestsOf(module).filter(({ specifier }) => isPart(specifier));
  // Among the packages that Next.js is told to leave alone, a name starts nothing.
  const names = NEXT_CONFIG.test(basename(path)) ? [] : literalsIn(module, isPart);
  if (requests.length === 0 && names.length === 0) return undefined;
  const locals = requests.flatMap(({ local }) => local ?? []);
  const by = switchThatKeepsOff(repo, module, locals, names);
  const place = { path, at: module.text.indexOf(name), name };
  return by === undefined ? { state: 'used', ...place } : { state: 'off', ...place, by };
}

/** Where texts stand that are no specifier of an import. */
function literalsIn(module: SourceModule, isWanted: (text: string) => boolean): readonly number[] {
  const specifiers = new Set<number>([
    ...module.imports.map(({ moduleRequest }) => moduleRequest.start),
    ...module.exports.flatMap(({ entries }) => entries.flatMap((each) => each.moduleRequest?.start ?? [])),
  ]);
  const found: number[] = [];
  walk(module, {
    Literal: ({ value, start }) => {
      if (typeof value === 'string' && isWanted(value) && !specifiers.has(start)) found.push(start);
    },
  });
  return found;
}

/** Loggers whose own sink posts its records to a service, in files that others import. */
function ownSinks(repo: Repo): readonly Found[] {
  return repo.find(/(?<!\.d)\.[cm]?[jt]s$/).flatMap((path): readonly Found[] => {
    if (!mayLog(path) || !repo.mentions(path, 'fetch(')) return [];
    if (!specifiersOf(repo, path).some((name) => LOGGERS.has(name))) return [];
    const match = SENDS.exec(withoutComments(repo, path));
    const module = match && isImported(repo, path) ? peekModule(repo, path) : undefined;
    if (!match || !module) return [];
    const place = { path, at: match.index, name: 'a sink of its own' };
    const by = switchThatKeepsOff(repo, module, [], [match.index]);
    return [by === undefined ? { state: 'used', ...place } : { state: 'off', ...place, by }];
  });
}

function isImported(repo: Repo, path: string): boolean {
  const app = repo.layout.apps.find(({ files }) => files.includes(path));
  const scope = app ?? { dir: '', files: repo.files };
  return importersOf(repo, scope, path).length > 0;
}
