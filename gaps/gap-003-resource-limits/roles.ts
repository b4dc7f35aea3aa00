import type { ComposeFile, NextApp, Repo } from '../../src/contract.ts';
import { escaped } from '../../src/read/code/escaped.ts';
import { instructionsOf } from '../../src/read/deploy/dockerfile.ts';
import type { Stack } from '../../src/read/deploy/stacks.ts';
import { basename, dirname, join, resolve } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import { type EffectiveService, effectiveServices } from './effective.ts';
import { isPublishedHere } from './published.ts';
import type { Role } from './sizes.ts';

/** A service with its role. */
export interface RoledService extends EffectiveService {
  readonly role: Role;
  /** Runs for as long as the stack is up: not a tool, not a build step. */
  readonly isLongRunning: boolean;
  /** Runs the same code as another service, for a demonstration or a trial. */
  readonly isCopy: boolean;
  /** The profiles without which `up` does not start it. */
  readonly profiles: readonly string[];
}

/** The services of a file, the application's told apart by what they build or run, then by their names. */
export function servicesOf(repo: Repo, file: ComposeFile, stack: Stack): readonly RoledService[] {
  const all = effectiveServices(repo, file, stack);
  return all.map((service) => {
    const { profiles, restart } = service.value;
    return {
      ...service,
      isCopy: COPY.test(service.name) && all.some((other) => isOriginal(other, service)),
      role: roleOf(repo, service),
      isLongRunning: restart !== 'no' && restart !== false,
      profiles: Array.isArray(profiles) ? profiles.map(String) : [],
    };
  });
}

const COPY = /(^|[-_])(demo|preview|staging|canary|sandbox|trial)([-_]|$)/;

function isOriginal(other: EffectiveService, { build }: EffectiveService): boolean {
  return build !== undefined && other.build === build && !COPY.test(other.name);
}

/** Without an app that Next.js serves, the one service that is made here is the application. */
export function withSingle(repo: Repo, services: readonly RoledService[]): readonly RoledService[] {
  if (repo.layout.apps.length > 0 || services.some(({ role }) => role !== 'sibling')) return services;
  const own = services.filter(
    ({ name, build, value, isLongRunning, profiles }) =>
      isLongRunning &&
      profiles.length === 0 &&
      !BEHIND.test(name) &&
      (build !== undefined || (typeof value.image === 'string' && isPublishedHere(repo, value.image))),
  );
  const [single, ...others] = own;
  if (!single || others.length > 0) return services;
  return services.map((service) => (service === single ? { ...service, role: 'frontend' } : service));
}

/** Runs the application's image, and does not answer its visitors. */
const BEHIND = /worker|cron|queue|job|scheduler|beat|consumer|migrat|backup|docs/i;

function roleOf(repo: Repo, service: EffectiveService): Role {
  const { name, build, value } = service;
  const { apps } = repo.layout;
  if (build !== undefined && apps.some(({ dir }) => dir === build)) return 'frontend';
  const image = typeof value.image === 'string' ? value.image : '';
  const isOwn = build !== undefined || isPublishedHere(repo, image);
  if (!isOwn) return 'sibling';
  if (apps.length === 0 && /(^|[-_])(frontend|web|next(js)?|ui|client)$/.test(name)) return 'frontend';
  if (build === undefined && runsApp(service, image, apps)) return 'frontend';
  if (/(^|[-_])(gateway|api|backend|server)$/.test(name) || /(^|[-_])gateway$/.test(basename(build ?? '')))
    return 'gateway';
  return isBuiltFromAbove(repo, service) ? 'frontend' : 'sibling';
}

/** An image made here runs the app that it is named after, or the only one there is. */
function runsApp({ name, value }: EffectiveService, image: string, apps: readonly NextApp[]): boolean {
  const label = image.replace(/[:@].*$/, '');
  if (BEHIND.test(`${name} ${label}`)) return false;
  const named = apps.some(
    ({ dir }) => dir !== '' && new RegExp(`[-/]${escaped(basename(dir))}$`).test(label),
  );
  return named || (apps.length === 1 && value.ports !== undefined);
}

/** A monorepo builds its images from the root: the Dockerfile names the folder or the package of the app that it serves. */
function isBuiltFromAbove(repo: Repo, { name, path, value }: EffectiveService): boolean {
  if (BEHIND.test(name) || (value.ports === undefined && value.expose === undefined)) return false;
  const { context: written, dockerfile = 'Dockerfile' } = asRecord(value.build);
  const context = typeof value.build === 'string' ? value.build : written;
  const folder = typeof context === 'string' ? resolve(dirname(path), context) : undefined;
  if (folder === undefined || typeof dockerfile !== 'string') return false;
  const file = [dockerfile, dockerfile.toLowerCase()]
    .map((each) => join(folder, each))
    .find((each) => repo.exists(each));
  if (file === undefined) return false;
  const words = instructionsOf(repo.text(file)).map((instruction) => instruction.words);
  return repo.layout.apps.some((app) => words.some((each) => namesApp(each, folder, app)));
}

function namesApp(words: string, context: string, { dir, workspace }: NextApp): boolean {
  const below = context === '' ? dir : dir.slice(context.length + 1);
  if (dir === '' || (context !== '' && !dir.startsWith(`${context}/`))) return false;
  const inFolder = new RegExp(`(?:^|[\\s"'=:./])${escaped(below)}(?=$|[\\s"',/\\]])`);
  const { name } = workspace.manifest;
  const byName =
    name === undefined
      ? undefined
      : new RegExp(
          `(?:--filter|--workspace|-w|--scope|workspace|prune|build)[ =]"?(?:\\.{3})?${escaped(name)}(?=$|[\\s"'.])`,
        );
  return inFolder.test(words) || byName?.test(words) === true;
}
