import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';

const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';
const COLLECT =
  'add pinned images of Loki, Grafana and Alloy (Promtail is no longer maintained) with limits and volumes of their own, let Alloy read the containers through a socket proxy that only lists and reads them, keep logs as long as the retention policy says, put no e-mail address and no user id into labels, and publish Grafana to nobody but the operators';

interface Step {
  title(path: string, name: string): string;
  readonly why: string;
}

/** What a person could do today about one finding. */
const STEPS: Readonly<Record<Code, Step | undefined>> = {
  'no-collector': {
    title: (path) =>
      `Collect the logs of what ${path} runs in one place: ${COLLECT}; or send them to a hosted service by a logging driver`,
    why: 'How much memory the server has left, and who may read logs, is known to those who run it.',
  },
  'nothing-ships': {
    title: (path, name) =>
      `In ${path}, let something send logs to ${name}: Alloy, Fluent Bit or Docker's Loki driver`,
    why: 'What is to be collected is a decision of those who run it.',
  },
  'blind-collector': {
    title: (path, name) =>
      `In the configuration that ${path} gives to ${name}, take logs: a logs pipeline with a receiver of the container logs (OpenTelemetry), DD_LOGS_ENABLED=true and DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL=true (Datadog), loki.source.docker with loki.write (Alloy)`,
    why: 'Whether the plan that is paid for includes logs is not in the repository.',
  },
  'unshipped-service': {
    title: (path, name) =>
      `In ${path}, give ${name} the logging: section of the services whose logs are sent away`,
    why: 'Which group or stream its logs belong to is a decision of those who read them.',
  },
  'idle-collector': {
    title: (path, name) => `Run ${name} of ${path} with what is deployed, or delete it`,
    why: 'Where it is to run is a decision of those who run the servers.',
  },
  'unused-transport': {
    title: (path, name) =>
      `Hand ${name} to the logger that ${path} starts with, or take it out of the dependencies`,
    why: 'Whether the service is still paid for is not in the repository.',
  },
  'switched-off': {
    title: (path, name) =>
      `Turn ${name} on in ${path}, in the settings of what is deployed or in the code, with the address that it sends to`,
    why: 'Where the logs are to go, and who pays for it, is not in the repository.',
  },
  'short-lived-logs': undefined,
  'unbounded-log': undefined,
};

/** A step for each finding, and one for all logs that grow. */
export function stepsFor(wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  const steps = wanted.flatMap(({ code, path, data }): readonly ManualStep[] => {
    const step = STEPS[code];
    return step ? [{ title: step.title(path, data?.name ?? ''), why: step.why, seenBy: SEEN }] : [];
  });
  return [...steps, ...rotation(wanted.filter(({ code }) => code === 'unbounded-log'))];
}

function rotation(bare: readonly Finding<Code>[]): readonly ManualStep[] {
  const [first] = bare;
  if (!first) return [];
  return [
    {
      title: `In ${first.path}, give ${bare.map(({ data }) => data?.name).join(', ')} logging: { driver: json-file, options: { max-size: "10m", max-file: "5" } }, unless /etc/docker/daemon.json on the server does so for all`,
      why: 'The settings of the Docker daemon are on the server.',
      seenBy: 'The note is gone from the next audit.',
    },
  ];
}
