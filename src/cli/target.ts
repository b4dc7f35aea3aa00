import { basename, resolve } from 'node:path';
import { registry } from '../../gaps/registry.ts';
import type { Gap } from '../contract.ts';
import { RefusedError, SourceError, UsageError } from '../errors.ts';
import { loadGaps, type RegistryEntry } from '../registry.ts';
import { createRepo, type RawRepo, type RepoOptions } from '../repo/repo.ts';
import { diskSource } from '../repo/source.ts';
import type { RepoFacts } from '../report/document-head.ts';
import { openGit } from '../runner/git.ts';
import { parseOptionFlags, parseOptions } from '../runner/options.ts';
import { selectGaps } from '../runner/order.ts';
import { chosenBy } from './arguments.ts';
import { type Config, loadConfig } from './config.ts';
import type { Globals, OptionFlags, Selection } from './globals.ts';
import type { Io } from './io.ts';
import { findRoot } from './root.ts';

/** The repository that a command works on. */
export interface Target {
  /** Absolute. */
  readonly root: string;
  readonly repo: RawRepo;
  readonly repoOptions: RepoOptions;
  readonly config: Config;
}

/**
 * Opens the target of a command.
 * @throws UsageError when the folder is missing, holds nothing that could be audited, or names unknown apps or
 * Compose files.
 */
export async function openTarget(io: Io, globals: Globals): Promise<Target> {
  const root = findRoot(io.cwd, globals.repo);
  const file = globals.config === undefined ? undefined : resolve(io.cwd, globals.config);
  const config = await loadConfig(
    root,
    file,
    registry.map(({ summary }) => summary.id),
  );
  const repoOptions = choicesOf(globals, config);
  const repo = createRepo(diskSource(root), repoOptions);
  requireSubject(root, repo);
  for (const app of repoOptions.apps ?? []) {
    if (!repo.layout.apps.some(({ dir }) => dir === app))
      throw new UsageError(`no Next.js app in ${app || '.'}`, knownApps(root));
  }
  for (const file of repoOptions.compose ?? []) {
    if (!repo.layout.compose.some(({ path }) => path === file))
      throw new UsageError(`there is no Compose file ${file}`, knownCompose(root));
  }
  return { root, repo, repoOptions, config };
}

/**
 * Opens the target of a command that asks for its runs alone. Neither a broken configuration nor a repository in
 * which nothing is left to audit may stand between a person and what was written.
 */
export function openState(io: Io, globals: Globals): Target {
  const root = findRoot(io.cwd, globals.repo);
  return {
    root,
    repo: createRepo(diskSource(root)),
    repoOptions: {},
    config: { options: {}, waivers: [] },
  };
}

function requireSubject(root: string, repo: RawRepo): void {
  if (repo.layout.packages.length > 0 || repo.layout.compose.length > 0) return;
  throw new UsageError(
    `${root} holds no package.json and no Compose file, so there is nothing to audit`,
    'Name the root of the repository with --repo DIR.',
  );
}

/** What the command line says goes before what the configuration says. */
function choicesOf({ app, compose }: Globals, config: Config): RepoOptions {
  const apps = app ?? config.apps;
  const files = compose ?? config.compose;
  return {
    ...(apps ? { apps: apps.map((dir) => dir.replace(/^\.?\/|\/$|^\.$/g, '')) } : {}),
    ...(files ? { compose: files.map((file) => file.replace(/^(?:\.\/)+/, '')) } : {}),
  };
}

function knownCompose(root: string): string {
  const paths = createRepo(diskSource(root)).layout.compose.map(({ path }) => path);
  return paths.length > 0 ? `Found: ${paths.join(', ')}.` : 'This repository holds none by a usual name.';
}

function knownApps(root: string): string {
  const dirs = createRepo(diskSource(root)).layout.apps.map(({ dir }) => dir || '.');
  return dirs.length > 0 ? `Found: ${dirs.join(', ')}.` : 'This repository holds none.';
}

/** What reports say of the target. */
export function repoFacts({ root, repo }: Target): RepoFacts {
  const commit = openGit(root)?.head();
  return {
    name: basename(root),
    ...(commit === undefined ? {} : { commit }),
    apps: appsOf(repo),
    compose: repo.layout.compose.map(({ path }) => path),
  };
}

/** None where a package.json does not parse: the gaps that need it say so, where and why. */
function appsOf(repo: RawRepo): readonly string[] {
  try {
    return repo.layout.apps.map(({ dir }) => dir);
  } catch (error) {
    if (error instanceof SourceError) return [];
    throw error;
  }
}

/** The entries that a selection names, in execution order; everything when it names nothing. */
export function selectEntries(selection: Selection): readonly RegistryEntry[] {
  const { gaps, priorities } = wordsOf(selection);
  const { selected } = selectGaps(
    registry.map(({ summary }) => summary),
    {
      gaps,
      priorities,
      all: selection.all ?? false,
      withRequirements: selection.withRequirements ?? false,
    },
  );
  return selected.flatMap(({ id }) => registry.filter(({ summary }) => summary.id === id));
}

/** Loads the selected gaps with their options parsed. */
export async function loadSelected(selection: Selection & OptionFlags, config: Config) {
  const gaps = await loadGaps(selectEntries(selection));
  const summaries = registry.map(({ summary }) => summary);
  const options = await parseOptions(
    gaps,
    summaries.map(({ id }) => id),
    parseOptionFlags(selection.option ?? [], summaries),
    config.options ?? {},
  );
  return { gaps, optionsOf: (gap: Gap) => options.get(gap.meta.id) ?? {} };
}

/**
 * An option of a gap that is left out would do nothing, and nobody would notice.
 * @throws UsageError naming it.
 */
export function requireOptionsOfChosen(selection: Selection & OptionFlags): void {
  const chosen = selectEntries(selection).map(({ summary }) => summary.id);
  const options = parseOptionFlags(
    selection.option ?? [],
    registry.map(({ summary }) => summary),
  );
  for (const [id, values] of Object.entries(options)) {
    if (chosen.some((gap) => gap === id)) continue;
    throw new UsageError(
      `--option ${id}.${Object.keys(values)[0]} is of a gap that is not chosen`,
      `Choose it too, with --gap ${id}.`,
    );
  }
}

/** Whether the selection leaves no gap out. */
export function isEverything(selection: Selection): boolean {
  const { gaps, priorities } = wordsOf(selection);
  return selection.all === true || (gaps.length === 0 && priorities.length === 0);
}

/** Everything that was named, by plain words and by flags. */
function wordsOf({ named = [], gap = [], priority = [] }: Selection): ReturnType<typeof chosenBy> {
  const { gaps, priorities } = chosenBy([...named, ...gap]);
  return { gaps, priorities: [...priorities, ...priority.flatMap((each) => each.split(','))] };
}

/**
 * Edits need one app to go to; an audit may look at several.
 * @throws RefusedError when the repository ships several apps and none was chosen.
 */
export function requireOneApp({ repo, repoOptions }: Target): void {
  const { apps } = repo.layout;
  if (repoOptions.apps !== undefined || apps.length < 2) return;
  throw new RefusedError(
    `this repository ships ${apps.length} Next.js apps: ${apps.map(({ dir }) => dir || '.').join(', ')}`,
    'Choose with --app DIR (repeat it for several), or set `apps` in the configuration.',
  );
}
