import type { Repo } from '../../src/contract.ts';
import { codeBaseOf } from '../../src/read/code-base.ts';
import { blankComments } from '../../src/read/comments.ts';
import { type ComposeService, composeModel } from '../../src/read/compose.ts';
import { isInside } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';

/** Where something about logs is written. */
export interface Place {
  readonly path: string;
  readonly at: number;
  readonly name: string;
}

/** Takes logs from the containers or files of a host and sends them on. */
const SHIPPER =
  /(?:^|\/)(promtail|alloy|fluent-?bit|fluentd|vector|opentelemetry-collector[\w-]*|otelcol[\w-]*|filebeat|elastic-agent|logstash|datadog\/agent|agent-data-plane|signoz-otel-collector|logspout|splunk-otel-collector|grafana\/agent|syslog-ng|rsyslog[\w-]*)(?::|@|$)/;
/** Keeps what others send. */
const STORE = /(?:^|\/)(loki|elasticsearch|opensearch|graylog|seq|quickwit|victoria-logs)(?::|@|$)/;
/** Drivers that send logs away (docs.docker.com/engine/logging/configure). */
const SHIPPING_DRIVER =
  /^(awslogs|gcplogs|fluentd|gelf|syslog|splunk|journald|loki|grafana\/loki-docker-driver.*)$/;
const TRANSPORT =
  /^(pino-loki|winston-loki|@logtail\/[\w-]+|@axiomhq\/[\w-]+|next-axiom|pino-datadog-transport|datadog-winston|@datadog\/browser-logs|winston-cloudwatch|pino-cloudwatch|@google-cloud\/logging(?:-[\w-]+)?|@highlight-run\/[\w-]+|pino-elasticsearch|winston-elasticsearch|pino-opentelemetry-transport|@opentelemetry\/(?:exporter-logs-[\w-]+|sdk-logs)|@hyperdx\/node-opentelemetry|logdna|@logdna\/[\w-]+|@papertrail\/[\w-]+|winston-papertrail|pino-papertrail|@honeycombio\/[\w-]+|evlog)$/;

/** What a stack does with its logs. */
export interface StackLogs {
  readonly shippers: readonly Place[];
  readonly stores: readonly Place[];
  /** Services that write to the default driver without a limit. */
  readonly unbounded: readonly Place[];
}

/** Reads the services of a Compose file; those that only run once or on request are left out. */
export function stackLogs(repo: Repo, path: string): StackLogs {
  const services = composeModel(repo, { path }).services.filter(
    ({ value, isWhole }) => isWhole && value.profiles === undefined,
  );
  const place = ({ name, at }: ComposeService): Place => ({ path, at, name });
  const image = ({ value }: ComposeService) => (typeof value.image === 'string' ? value.image : '');
  return {
    shippers: services
      .filter((each) => SHIPPER.test(image(each)) || SHIPPING_DRIVER.test(driverOf(each)))
      .map(place),
    stores: services.filter((each) => STORE.test(image(each))).map(place),
    unbounded: services.filter(isUnbounded).map(place),
  };
}

function driverOf({ value }: ComposeService): string {
  const { driver } = asRecord(value.logging);
  return typeof driver === 'string' ? driver : '';
}

/** `json-file`, Docker's default, keeps everything unless max-size says otherwise; `local` keeps 100 MB. */
function isUnbounded(service: ComposeService): boolean {
  const options = asRecord(asRecord(service.value.logging).options);
  return /^(json-file)?$/.test(driverOf(service)) && options['max-size'] === undefined;
}

/** Stacks that nothing deploys and that hold a collector. */
export function idleCollectors(repo: Repo, deployed: ReadonlySet<string>): readonly Place[] {
  return repo.layout.compose
    .filter(({ path }) => !deployed.has(path))
    .filter(({ path }) =>
      /promtail|alloy|fluent|vector|otel|opentelemetry|filebeat|loki/.test(repo.peek(path) ?? ''),
    )
    .flatMap(({ path }) => {
      const { shippers, stores } = stackLogs(repo, path);
      return [...shippers, ...stores];
    });
}

/** Packages of the repository that send logs to a service from inside of the program. */
export function transports(repo: Repo): {
  readonly used: readonly Place[];
  readonly unused: readonly Place[];
} {
  const declared = repo.layout.packages.flatMap((workspace) =>
    Object.keys(workspace.manifest.dependencies)
      .filter((name) => TRANSPORT.test(name))
      .map((name) => ({ workspace, name })),
  );
  const used: Place[] = [];
  const unused: Place[] = [];
  for (const { workspace, name } of declared) {
    const importer = findImporter(repo, workspace.dir, name);
    if (importer !== undefined) used.push({ path: importer, at: 0, name });
    else
      unused.push({
        path: workspace.path,
        at: Math.max(0, repo.text(workspace.path).indexOf(`"${name}"`)),
        name,
      });
  }
  return { used, unused };
}

/** A file that imports it, or hands its name to a logger: `transport: { target: 'pino-loki' }`. */
function findImporter(repo: Repo, dir: string, name: string): string | undefined {
  const app = repo.layout.apps.find((each) => each.dir === dir);
  const own = app
    ? codeBaseOf(repo, app).code
    : repo.files.filter((path) => isInside(dir, path) || dir === '');
  const quoted = new RegExp(`['"]${name.replace(/[/.]/g, '\\$&')}(?:/[\\w/-]+)?['"]`);
  return own.find((path) => {
    if (!/\.[cm]?[jt]sx?$/.test(path) || /\.(test|spec|config)\./.test(path)) return false;
    const text = repo.peek(path) ?? '';
    return text.includes(name) && quoted.test(blankComments(text));
  });
}
