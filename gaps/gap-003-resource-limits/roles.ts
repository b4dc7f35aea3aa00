import type { ComposeFile, NextApp, Repo } from '../../src/contract.ts';
import { type ComposeService, composeModel } from '../../src/read/compose.ts';
import { basename } from '../../src/repo/paths.ts';
import { type Fields, speaksOfResources, withLayer } from './limits.ts';

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
export interface RoledService extends ComposeService {
  readonly role: Role;
  /** Runs when the stack is up, without a profile: not a tool, not a build step. */
  readonly isLongRunning: boolean;
  /** Its value with what the files that are laid over this one say of its resources. */
  readonly effective: Fields;
  /** The first of those files that does. */
  readonly layer: string | undefined;
}

/** The services of a file, the application's told apart by what they build, then by their names. */
export function servicesOf(
  repo: Repo,
  file: ComposeFile,
  layers: readonly ComposeFile[],
): readonly RoledService[] {
  const over = layers.map((layer) => composeModel(repo, layer));
  return composeModel(repo, file).services.map((service) => {
    const parts = over.flatMap(({ path, services }) =>
      services
        .filter(({ name, value }) => name === service.name && speaksOfResources(value))
        .map(({ value }) => ({ path, value })),
    );
    return {
      ...service,
      role: roleOf(service, repo.layout.apps),
      isLongRunning: service.value.profiles === undefined && service.value.restart !== 'no',
      effective: parts.reduce<Fields>((value, part) => withLayer(value, part.value), service.value),
      layer: parts[0]?.path,
    };
  });
}

function roleOf({ name, build }: ComposeService, apps: readonly NextApp[]): Role {
  if (build === undefined) return 'sibling';
  if (apps.some(({ dir }) => dir === build)) return 'frontend';
  if (apps.length === 0 && /^(frontend|web|next(js)?|ui|client)$/.test(name)) return 'frontend';
  return /(^|[-_])gateway$|^(api|backend|server)$/.test(name) || /(^|[-_])gateway$/.test(basename(build))
    ? 'gateway'
    : 'sibling';
}
