import type { ComposeFile, NextApp, Repo } from '../../src/contract.ts';
import { basename } from '../../src/repo/paths.ts';
import { type EffectiveService, effectiveServices } from './effective.ts';
import { isPublishedHere } from './published.ts';

/** What a service is to the runbook. Siblings are the services that it does not name. */
export type Role = 'frontend' | 'gateway' | 'sibling';

/** The runbook's numbers (GAP-003, Action), as they stand in the file. */
export const RESOURCES: Readonly<Record<Role, Sized>> = {
  frontend: sized("'2'", '2G', "'0.5'", '512M'),
  gateway: sized("'1'", '1G', "'0.25'", '256M'),
  /** Not from the runbook: what A.I.M.S. gives to its own small services. */
  sibling: sized("'0.5'", '512M', "'0.1'", '128M'),
};

export interface Sized {
  readonly limits: { readonly cpus: string; readonly memory: string };
  readonly reservations: { readonly cpus: string; readonly memory: string };
}

function sized(cpus: string, memory: string, reservedCpus: string, reservedMemory: string): Sized {
  return { limits: { cpus, memory }, reservations: { cpus: reservedCpus, memory: reservedMemory } };
}

/** A service with its role. */
export interface RoledService extends EffectiveService {
  readonly role: Role;
  /** Runs when the stack is up, without a profile: not a tool, not a build step. */
  readonly isLongRunning: boolean;
}

/** The services of a file, the application's told apart by what they build or run, then by their names. */
export function servicesOf(
  repo: Repo,
  file: ComposeFile,
  stack: readonly ComposeFile[],
): readonly RoledService[] {
  const services = effectiveServices(repo, file, stack).map((service) => ({
    ...service,
    role: roleOf(repo, service),
    isLongRunning: service.value.profiles === undefined && service.value.restart !== 'no',
  }));
  const single = services.some(({ role }) => role !== 'sibling') ? undefined : findSingle(repo, services);
  return services.map((service) => (service === single ? { ...service, role: 'frontend' } : service));
}

/** Without an app that Next.js serves, the one service that is made here is the application. */
function findSingle(repo: Repo, services: readonly RoledService[]): RoledService | undefined {
  if (repo.layout.apps.length > 0) return undefined;
  const own = services.filter(
    ({ name, build, value, isLongRunning }) =>
      isLongRunning &&
      !BEHIND.test(name) &&
      (build !== undefined || (typeof value.image === 'string' && isPublishedHere(repo, value.image))),
  );
  return own.length === 1 ? own[0] : undefined;
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
  return /(^|[-_])(gateway|api|backend|server)$/.test(name) || /(^|[-_])gateway$/.test(basename(build ?? ''))
    ? 'gateway'
    : 'sibling';
}

/** An image made here runs the app that it is named after, or the only one there is. */
function runsApp({ name, value }: EffectiveService, image: string, apps: readonly NextApp[]): boolean {
  const label = image.replace(/[:@].*$/, '');
  if (BEHIND.test(`${name} ${label}`)) return false;
  const named = apps.some(({ dir }) => dir !== '' && new RegExp(`[-/]${basename(dir)}$`).test(label));
  return named || (apps.length === 1 && value.ports !== undefined);
}
