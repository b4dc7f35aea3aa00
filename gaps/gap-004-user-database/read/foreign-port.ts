import type { NextApp, Repo } from '../../../src/contract.ts';
import { type DeployedService, deployedServices } from '../../../src/read/deploy/deployed-environment.ts';
import { documentOf } from '../../../src/read/deploy/env-file.ts';
import { asRecord } from '../../../src/repo/record.ts';

/** A service that listens where nobody asks: an env file that is meant for another service sets its PORT. */
export interface ForeignPort {
  readonly deployed: DeployedService;
  readonly port: string;
  /** Where everything around it asks. */
  readonly expected: string;
  readonly file: string;
}

/** The services of an app whose port an env file changes behind the back of those who ask it. */
export function foreignPorts(repo: Repo, app: NextApp): readonly ForeignPort[] {
  const found = deployedServices(repo, app).flatMap((deployed): readonly ForeignPort[] => {
    const answer = deployed.variables.get('PORT');
    const documents = deployed.envFiles.map((file) => documentOf(repo, file));
    if (answer?.kind !== 'value' || !documents.includes(answer.from)) return [];
    const asked = portsAsked(deployed);
    const [expected] = asked;
    return expected !== undefined && asked.length === 1 && expected !== answer.value
      ? [{ deployed, port: answer.value, expected, file: answer.from }]
      : [];
  });
  return [...new Map(found.map((each) => [each.deployed.service.name, each])).values()];
}

/** The ports that its health check asks and that it exposes, each once. */
export function portsAsked({ service: { value } }: DeployedService): readonly string[] {
  const test = JSON.stringify(asRecord(value.healthcheck).test ?? '');
  const checked = [...test.matchAll(/(?:127\.0\.0\.1|localhost|0\.0\.0\.0):(\d+)/g)].map(([, port]) => port);
  const exposed = Array.isArray(value.expose) ? value.expose.map(String) : [];
  const published = (Array.isArray(value.ports) ? value.ports : []).map((port: unknown) =>
    typeof port === 'string' ? port.split(':').at(-1)?.split('/')[0] : String(asRecord(port).target ?? ''),
  );
  const all = [...checked, ...exposed, ...published].flatMap((port) => port || []);
  return [...new Set(all)];
}
