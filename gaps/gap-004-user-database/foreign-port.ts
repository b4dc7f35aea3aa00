import type { Edit, Finding, Fix, ManualStep, NextApp, Repo } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { addYamlEntry, addYamlItem } from '../../src/edit/yaml-entry.ts';
import { type DeployedService, deployedServices } from '../../src/read/deploy/deployed-environment.ts';
import { documentOf } from '../../src/read/deploy/env-file.ts';
import { asRecord } from '../../src/repo/record.ts';

/** A service that listens where nobody asks: an env file that is meant for another service sets its PORT. */
interface ForeignPort {
  readonly deployed: DeployedService;
  readonly port: string;
  /** Where everything around it asks. */
  readonly expected: string;
  readonly file: string;
}

/** The services of an app whose port an env file changes behind the back of those who ask it. */
function foreignPorts(repo: Repo, app: NextApp): readonly ForeignPort[] {
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

/** One finding for each such service. */
export function portFindings(repo: Repo, app: NextApp): readonly Finding<'foreign-port'>[] {
  return foreignPorts(repo, app).map(({ deployed, port, expected, file }) => ({
    code: 'foreign-port',
    path: deployed.path,
    at: deployed.service.at,
    data: { service: deployed.service.name, port, expected, file },
  }));
}

/** The service says itself where it listens. */
export function portFix(repo: Repo, findings: readonly Finding[]): Fix {
  const wanted = repo.layout.apps
    .flatMap((app) => foreignPorts(repo, app))
    .filter(({ deployed }) =>
      findings.some(({ path, data }) => path === deployed.path && data?.service === deployed.service.name),
    );
  const edits: Edit[] = [];
  const manual: ManualStep[] = [];
  for (const each of wanted) {
    const outcome = portSpans(repo, each);
    if ('refused' in outcome) manual.push(portStep(each));
    else edits.push(splice(repo, each.deployed.path, outcome.spans));
  }
  return { edits, manual };
}

function portSpans(repo: Repo, { deployed: { path, service }, expected }: ForeignPort) {
  const at = ['services', service.name];
  const text = repo.text(path);
  const { environment } = service.value;
  if (!service.isWhole) return { refused: 'a part of it stands elsewhere' };
  if (environment === undefined) return addYamlEntry(path, text, at, 'environment', [`PORT=${expected}`]);
  return Array.isArray(environment)
    ? addYamlItem(path, text, [...at, 'environment'], `PORT=${expected}`)
    : addYamlEntry(path, text, [...at, 'environment'], 'PORT', `'${expected}'`);
}

function portStep({ deployed: { path, service }, port, expected, file }: ForeignPort): ManualStep {
  return {
    title: `In ${path}, set PORT=${expected} in the environment of the service ${service.name}`,
    why: `${file} sets PORT=${port} for it too, and the file is written in a way that cannot be edited safely.`,
    seenBy: 'The finding is gone from the next audit.',
  };
}
