import type { Repo } from '../../../src/contract.ts';
import { deployedStacks } from '../../../src/read/deploy/deployed-stacks.ts';
import type { StackService } from '../../../src/read/deploy/service-roles.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { type DeployScript, deployScriptFor } from './deploy-script.ts';
import type { Overwritten } from './overwritten-images.ts';
import { RELEASE } from './release-stack.ts';

/** A stack whose runbook can be followed with a stand-in for docker. */
export interface Rehearsal {
  readonly script: DeployScript;
  /** As Compose would start them: what another one waits for comes first. */
  readonly services: readonly RehearsedService[];
}

export interface RehearsedService {
  readonly name: string;
  readonly isBuilt: boolean;
  /** As it stands in the Compose file. */
  readonly image: string;
  /** The services that have to be healthy first. */
  readonly depends: readonly string[];
  readonly hasHealthCheck: boolean;
}

/** The stack that is deployed as releases, or could be; undefined where no script here deploys one. */
export function rehearsalOf(repo: Repo, overwritten: readonly Overwritten[]): Rehearsal | undefined {
  for (const { files, services } of deployedStacks(repo).started) {
    const paths = files.map(({ path }) => path);
    const counts = paths.some(
      (path) => overwritten.some((each) => each.path === path) || repo.mentions(path, `\${${RELEASE}:-`),
    );
    const script = counts ? deployScriptFor(repo, paths.at(-1) ?? '') : undefined;
    if (script && !('refused' in script)) return { script, services: inOrder(services.flatMap(rehearsed)) };
  }
  return undefined;
}

function rehearsed({ name, value, build }: StackService): readonly RehearsedService[] {
  if (value.profiles !== undefined) return [];
  const needs = Object.entries(asRecord(value.depends_on)).filter(
    ([, how]) => asRecord(how).condition === 'service_healthy',
  );
  const { test, disable } = asRecord(value.healthcheck);
  return [
    {
      name,
      isBuilt: build !== undefined,
      image: typeof value.image === 'string' ? value.image : `unnamed-${name}`,
      depends: needs.map(([need]) => need),
      hasHealthCheck: test !== undefined && disable !== true,
    },
  ];
}

function inOrder(services: readonly RehearsedService[]): readonly RehearsedService[] {
  const ordered: RehearsedService[] = [];
  const visit = (service: RehearsedService, above: readonly string[]): void => {
    if (ordered.includes(service) || above.includes(service.name)) return;
    for (const need of service.depends) {
      const found = services.find(({ name }) => name === need);
      if (found) visit(found, [...above, service.name]);
    }
    ordered.push(service);
  };
  for (const service of services) visit(service, []);
  return ordered;
}
