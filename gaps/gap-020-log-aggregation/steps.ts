import type { Finding, ManualStep } from '../../src/contract.ts';

const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';
const COLLECT =
  'add pinned images of Loki, Grafana and Alloy (Promtail is no longer maintained) with limits and volumes of their own, let Alloy read the containers through a socket proxy that only lists and reads them, keep logs as long as the retention policy says, put no e-mail address and no user id into labels, and publish Grafana to nobody but the operators';

/** What a person could do today. */
export function stepsFor(findings: readonly Finding[]): readonly ManualStep[] {
  return findings.flatMap((finding) => stepFor(finding) ?? []).concat(rotation(findings));
}

function stepFor({ code, path, data }: Finding): ManualStep | undefined {
  const step = (title: string, why: string): ManualStep => ({ title, why, seenBy: SEEN });
  if (code === 'no-collector')
    return step(
      `Collect the logs of what ${path} runs in one place: ${COLLECT}; or send them to a hosted service by a logging driver`,
      'How much memory the server has left, and who may read logs, is known to those who run it.',
    );
  if (code === 'nothing-ships')
    return step(
      `In ${path}, let something send logs to ${data?.name}: Alloy, Fluent Bit or Docker's Loki driver`,
      'What is to be collected is a decision of those who run it.',
    );
  if (code === 'blind-collector')
    return step(
      `In the configuration that ${path} gives to ${data?.name}, take logs: a logs pipeline with a receiver of the container logs (OpenTelemetry), DD_LOGS_ENABLED=true and DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL=true (Datadog), loki.source.docker with loki.write (Alloy)`,
      'Whether the plan that is paid for includes logs is not in the repository.',
    );
  if (code === 'unshipped-service')
    return step(
      `In ${path}, give ${data?.name} the logging: section of the services whose logs are sent away`,
      'Which group or stream its logs belong to is a decision of those who read them.',
    );
  if (code === 'idle-collector')
    return step(
      `Run ${data?.name} of ${path} with what is deployed, or delete it`,
      'Where it is to run is a decision of those who run the servers.',
    );
  if (code === 'unused-transport')
    return step(
      `Hand ${data?.name} to the logger that ${path} starts with, or take it out of the dependencies`,
      'Whether the service is still paid for is not in the repository.',
    );
  return undefined;
}

function rotation(findings: readonly Finding[]): readonly ManualStep[] {
  const bare = findings.filter(({ code }) => code === 'unbounded-log');
  if (bare.length === 0) return [];
  return [
    {
      title: `In ${bare[0]?.path}, give ${bare.map(({ data }) => data?.name).join(', ')} logging: { driver: json-file, options: { max-size: "10m", max-file: "5" } }, unless /etc/docker/daemon.json on the server does so for all`,
      why: 'The settings of the Docker daemon are on the server.',
      seenBy: 'The note is gone from the next audit.',
    },
  ];
}
