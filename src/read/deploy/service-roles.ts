import { escaped } from '../../repo/escaped.ts';
import { basename, dirname, join, resolve } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';
import { baseImageOf, instructionsOf } from './dockerfile.ts';
import { isOffTheShelf } from './infrastructure-images.ts';
import type { MergedService } from './merged-services.ts';
import { isPublishedHere } from './published-images.ts';

/** What a service is to the application: siblings are what stands beside the front end and its gateway. */
export type ServiceRole = 'frontend' | 'gateway' | 'sibling';

/** Where the image of a service comes from. */
export type ServiceOrigin = 'built' | 'published' | 'foreign';

/** What a service is, as the services around it tell. */
export interface ServiceKind {
  readonly origin: ServiceOrigin;
  readonly role: ServiceRole;
  /** Runs for as long as the stack is up: not a tool, not a build step. */
  readonly isLongRunning: boolean;
  /** Runs the same code as another service, for a demonstration or a trial. */
  readonly isCopy: boolean;
  /** The profiles without which `up` does not start it. */
  readonly profiles: readonly string[];
}

/** A service of a stack with what it is. */
export interface StackService extends MergedService, ServiceKind {}

/** Runs the application's image or stands beside it, and does not answer its visitors. */
const BEHIND =
  /worker|cron|queue|jobs?(?![a-z])|scheduler|beat|consumer|migrat|backup|docs|seed|setup|init(?![a-z])/i;
/** A database or a proxy that is built here is one still. */
const SUPPORT =
  /(^|[-_])(db|database|postgres\w{0,40}|mysql|mariadb|mongo\w{0,40}|redis|valkey|cache|nginx|caddy|traefik|proxy|minio|s3|mail\w{0,40}|smtp|rabbitmq|kafka|search|elastic\w{0,40}|prometheus|grafana|loki)([-_\d]|$)/i;
const FRONTEND = /(^|[-_])(frontend|front|web(app)?|next(js)?|ui|client|site|website)$/;
const GATEWAY = /(^|[-_])(gateway|api|backend|server)$/;
const COPY = /(^|[-_])(demo|preview|staging|canary|sandbox|trial)([-_]|$)/;

/** Tells what the services of a stack are: by what they build or run, then by their names, then by what is left. */
export function withRoles(repo: Repo, services: readonly MergedService[]): readonly StackService[] {
  return services.map((service): StackService => {
    const origin = originOf(repo, service);
    const { profiles, restart } = service.value;
    return {
      ...service,
      origin,
      role: roleOf(repo, service, origin),
      isLongRunning: restart !== 'no' && restart !== false,
      isCopy: COPY.test(service.name) && services.some((other) => isOriginal(other, service)),
      profiles: Array.isArray(profiles) ? profiles.map(String) : [],
    };
  });
}

function originOf(repo: Repo, { build, image }: MergedService): ServiceOrigin {
  if (build !== undefined) return 'built';
  return isPublishedHere(repo, image) ? 'published' : 'foreign';
}

function isOriginal(other: MergedService, { build }: MergedService): boolean {
  return build !== undefined && other.build === build && !COPY.test(other.name);
}

function roleOf(repo: Repo, service: MergedService, origin: ServiceOrigin): ServiceRole {
  const { name, build } = service;
  const { apps } = repo.layout;
  if (origin === 'foreign') return 'sibling';
  if (build !== undefined && apps.some(({ dir }) => dir === build)) return 'frontend';
  if (origin === 'published' && runsApp(service, apps)) return 'frontend';
  if (apps.length === 0 && FRONTEND.test(name)) return 'frontend';
  if (BEHIND.test(name)) return 'sibling';
  if (GATEWAY.test(name) || /(^|[-_])gateway$/.test(basename(build ?? ''))) return 'gateway';
  return isBuiltFromAbove(repo, service) ? 'frontend' : 'sibling';
}

/** An image made here runs the app that it is named after, or the only one there is. */
function runsApp({ name, image, value }: MergedService, apps: readonly NextApp[]): boolean {
  const label = image.split(/[:@]/)[0] ?? '';
  if (BEHIND.test(`${name} ${label}`)) return false;
  const named = apps.some(
    ({ dir }) => dir !== '' && new RegExp(`[-/]${escaped(basename(dir))}$`).test(label),
  );
  return named || (apps.length === 1 && value.ports !== undefined);
}

/** A monorepo builds its images from the root: the Dockerfile names the folder or the package of the app that it serves. */
function isBuiltFromAbove(repo: Repo, service: MergedService): boolean {
  const { name, value } = service;
  if (BEHIND.test(name) || (value.ports === undefined && value.expose === undefined)) return false;
  const built = dockerfileOf(repo, service);
  if (built === undefined) return false;
  const { folder, file } = built;
  const apps = repo.layout.apps.filter(({ dir }) => isBelow(dir, folder));
  if (apps.length === 0) return false;
  const words = instructionsOf(repo.text(file)).map((instruction) => instruction.words);
  return apps.some((app) => words.some((each) => namesApp(each, folder, app)));
}

function isBelow(dir: string, context: string): boolean {
  return dir !== '' && (context === '' || dir.startsWith(`${context}/`));
}

/** How an image is made. */
export interface BuiltBy {
  readonly folder: string;
  readonly file: string;
}

/** The Dockerfile that a service is built from, and the folder that it sees. */
export function dockerfileOf(
  repo: Repo,
  { path, value }: Pick<MergedService, 'path' | 'value'>,
): BuiltBy | undefined {
  const { context: written, dockerfile = 'Dockerfile' } = asRecord(value.build);
  const context = typeof value.build === 'string' ? value.build : (written ?? '.');
  const folder = typeof context === 'string' ? resolve(dirname(path), context) : undefined;
  if (folder === undefined || typeof dockerfile !== 'string') return undefined;
  const file = [dockerfile, dockerfile.toLowerCase()]
    .map((each) => join(folder, each.replace(/^\.\//, '')))
    .find((each) => repo.exists(each));
  return file === undefined ? undefined : { folder, file };
}

function namesApp(words: string, context: string, { dir, workspace }: NextApp): boolean {
  const below = context === '' ? dir : dir.slice(context.length + 1);
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

/**
 * Where no stack says which service is the front end, the application is what is made here, runs all the time and
 * answers visitors: by its name, as the only one, or by the ports that it publishes.
 */
export function withLikelyFrontends(
  repo: Repo,
  stacks: readonly (readonly StackService[])[],
): readonly (readonly StackService[])[] {
  const all = stacks.flat();
  if (all.some(({ role }) => role === 'frontend')) return stacks;
  const isBare = all.every(({ role }) => role === 'sibling');
  return stacks.map((services) => {
    const own = services.filter((service) => mayAnswer(repo, service));
    const named = own.filter(({ name }) => FRONTEND.test(name));
    const likely = named.length > 0 ? named : isBare ? answering(own) : [];
    return services.map((service) =>
      likely.includes(service) ? { ...service, role: 'frontend' as const } : service,
    );
  });
}

function mayAnswer(repo: Repo, service: StackService): boolean {
  const { name, origin, role, isLongRunning, profiles } = service;
  if (origin === 'foreign' || role !== 'sibling' || !isLongRunning || profiles.length > 0) return false;
  if (BEHIND.test(name) || SUPPORT.test(name)) return false;
  return isWrittenHere(repo, service);
}

/** Whether a service runs code of this repository: a database or a proxy that is configured here does not. */
export function isWrittenHere(repo: Repo, service: StackService): boolean {
  if (service.origin !== 'built') return service.origin === 'published';
  const built = dockerfileOf(repo, service);
  return built === undefined || !isOffTheShelf(baseImageOf(repo.text(built.file)));
}

function answering(own: readonly StackService[]): readonly StackService[] {
  return own.length === 1 ? own : own.filter(({ value }) => value.ports !== undefined);
}
