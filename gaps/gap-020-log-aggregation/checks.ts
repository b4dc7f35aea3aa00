import type { Check, Evidence, Repo, Verdict } from '../../src/contract.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import { composeModel } from '../../src/read/deploy/compose.ts';
import { withIncluded } from '../../src/read/deploy/included.ts';
import { yamlValue } from '../../src/read/deploy/yaml-value.ts';
import { dirname, isInside } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import { findDaemon, findInstalledAgent } from './elsewhere.ts';
import { isStarted } from './stacks.ts';
import { isCollected, needsCollector } from './subject.ts';

const FROM = /^FROM\s+(?:--\S+\s+)*([^\s]+)/gim;
const LOGS_ONLY =
  /(?:^|\/)(?:promtail|fluent-?bit|fluentd|vector|filebeat|elastic-agent|logstash|logspout|syslog-ng|rsyslog[\w-]*)(?:[:@]|$)/;
const LOGS_TOO: readonly (readonly [image: RegExp, config: RegExp, logs: RegExp])[] = [
  [
    /opentelemetry-collector|otelcol|otel-collector/,
    /^\s*pipelines\s*:/m,
    /^\s+["']?logs(?:\/[\w.-]+)?["']?\s*:\s*(?:\{.*|\n\s+(?:receivers|processors|exporters))|pipelines\s*:\s*\{.*\blogs\b/m,
  ],
  [
    /datadog\/agent|agent-data-plane/,
    /DD_API_KEY|datadog\/agent/,
    /DD_LOGS_ENABLED["']?(?!\s*[:=]\s*["']?(?:false|0)\b)|logs_enabled:\s*true|env_file/,
  ],
  [
    /(?:^|\/)alloy(?:[:@]|$)|grafana\/agent/,
    /\bprometheus\.|^\s*metrics\s*:|\bpyroscope\./m,
    /\bloki\.|\botelcol\.|^\s*logs\s*:/m,
  ],
];
const SENDS = /^(?:awslogs|gcplogs|fluentd|gelf|syslog|splunk|loki|grafana\/loki.*)$/;
const FROM_CODE =
  /['"](?:pino-loki|winston-loki|@logtail\/|@axiomhq\/|next-axiom|pino-datadog|datadog-winston|winston-cloudwatch|pino-cloudwatch|@google-cloud\/logging|@highlight-run\/|pino-elasticsearch|winston-elasticsearch|pino-opentelemetry|@opentelemetry\/(?:exporter-logs|sdk-logs)|@hyperdx\/|@?logdna|winston-papertrail|@honeycombio\/|evlog|@datadog\/browser-logs)/;

/** A logger's name, and a POST to what is called after a service of logs. */
const POSTS =
  /(?:winston|pino|logtape|bunyan|consola|loglevel|tslog)[\s\S]*\bfetch\([^)]*?(?:loki|logtail|better_?stack|axiom|datadog|papertrail|log_?(?:drain|ingest|endpoint|sink))/i;

/** By the lines of the files, where detect reads the model. */
export function checksOf(repo: Repo): readonly Check[] {
  const where = needsCollector(repo);
  if (where.length === 0 || isCollected(repo)) return [];
  const { paths } = withIncluded(
    repo,
    where.filter(({ kind }) => kind === 'compose').map(({ path }) => path),
  );
  return [
    {
      title: 'What is deployed sends its logs somewhere',
      level: 'static',
      run: () => sends(repo, paths),
    },
  ];
}

function sends(repo: Repo, stacks: readonly string[]): Verdict {
  const seen =
    byImage(repo, stacks) ??
    byServer(repo) ??
    byCode(repo) ??
    stacks.flatMap((path) => byDriver(repo, path))[0];
  if (seen) return { verdict: 'pass', evidence: [seen] };
  const names = stacks.length > 0 ? stacks.join(', ') : 'what is deployed';
  return { verdict: 'fail', reason: `${names}: the logs of a service stay where they are written` };
}

function byImage(repo: Repo, stacks: readonly string[]): Evidence | undefined {
  for (const path of stacks) {
    const text = withoutComments(repo, path);
    for (const image of [...startedImages(repo, path), ...builtImages(repo, path, text)]) {
      const more = LOGS_TOO.find(([pattern]) => pattern.test(image));
      if (LOGS_ONLY.test(image) || (more && !isForOther(repo, text, path, more)))
        return { subject: path, observed: `runs ${image}` };
    }
  }
  return undefined;
}

function startedImages(repo: Repo, path: string): readonly string[] {
  return composeModel(repo, { path })
    .services.filter((each) => isStarted(repo, each))
    .map(({ value }) => String(value.image ?? ''));
}

/** The Dockerfiles in folders that the stack speaks of. */
function builtImages(repo: Repo, stack: string, text: string): readonly string[] {
  return repo
    .find(/(^|\/)Dockerfile[\w.-]*$/)
    .filter((path) => {
      const folder = dirname(path);
      const base = dirname(stack);
      const name = isInside(base, folder) ? folder.slice(base === '' ? 0 : base.length + 1) : folder;
      return text.includes(name);
    })
    .flatMap((path) => [...(repo.peek(path) ?? '').matchAll(FROM)].slice(-1).map(([, image = '']) => image));
}

/** Whether every configuration that the repository has for such a collector leaves logs out. */
function isForOther(
  repo: Repo,
  text: string,
  stack: string,
  [, config, logs]: (typeof LOGS_TOO)[number],
): boolean {
  const near = repo
    .find(/\.(ya?ml|alloy|river|hcl|conf)$/)
    .filter((path) => path !== stack && isInside(dirname(stack), path));
  const texts = [text, ...near.map((path) => withoutComments(repo, path))].filter((each) =>
    config.test(each),
  );
  return texts.length > 0 && !texts.some((each) => logs.test(each));
}

function byServer(repo: Repo): Evidence | undefined {
  const agent = findInstalledAgent(repo);
  if (agent) return { subject: agent.path, observed: `installs ${agent.name}` };
  const daemon = findDaemon(repo);
  return daemon?.sendsAway ? { subject: daemon.path, observed: 'names a driver that sends away' } : undefined;
}

function byCode(repo: Repo): Evidence | undefined {
  const subject = repo.files.find((path) => {
    if (!/\.[cm]?[jt]sx?$/.test(path) || /node_modules|\.(test|spec)\./.test(path)) return false;
    const text = repo.peek(path) ?? '';
    if (POSTS.test(blankComments(text))) return true;
    if (!FROM_CODE.test(text)) return false;
    const code = blankComments(text).replace(/^\s*(?:import|export)\s+type\b.*$/gm, '');
    return FROM_CODE.test(code) && !/serverExternalPackages|serverComponentsExternalPackages/.test(code);
  });
  return subject === undefined ? undefined : { subject, observed: 'hands logs to a service' };
}

/** Each service of the merged model names a driver that sends, or none. */
function byDriver(repo: Repo, path: string): readonly Evidence[] {
  const drivers = Object.values(asRecord(asRecord(yamlValue(repo, path)).services))
    .map(asRecord)
    .filter(
      ({ profiles, restart, extends: base }) =>
        ![profiles, base].some(Boolean) && restart !== 'no' && restart !== false,
    )
    .map(({ logging }) => String(asRecord(logging).driver ?? ''));
  const isAway = drivers.every((driver) => SENDS.test(driver) || driver === 'none');
  return isAway && drivers.some((driver) => SENDS.test(driver))
    ? [{ subject: path, observed: `all ${drivers.length} services name a driver` }]
    : [];
}

function withoutComments(repo: Repo, path: string): string {
  return (repo.peek(path) ?? '').replace(/^\s*(?:#|\/\/).*$|\s#.*$/gm, '');
}
