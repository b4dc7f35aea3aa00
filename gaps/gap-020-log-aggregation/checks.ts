import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';
import { isCollected, needsCollector } from './subject.ts';

const SHIPS =
  /image:\s*["']?(?:[\w.:-]+\/)*(?:promtail|alloy|fluent-?bit|fluentd|vector|opentelemetry-collector|otelcol|filebeat|elastic-agent|logstash|agent|logspout|syslog-ng)(?:-[\w-]+)?(?:[:@"']|\s|$)|driver:\s*["']?(?:awslogs|gcplogs|fluentd|gelf|syslog|splunk|journald|loki|grafana\/loki)/m;
const FROM_CODE =
  /['"](?:pino-loki|winston-loki|@logtail\/|@axiomhq\/|next-axiom|pino-datadog|datadog-winston|winston-cloudwatch|pino-cloudwatch|@google-cloud\/logging|@highlight-run\/|pino-elasticsearch|winston-elasticsearch|pino-opentelemetry|@opentelemetry\/(?:exporter-logs|sdk-logs)|@hyperdx\/|@?logdna|winston-papertrail|@honeycombio\/|evlog|@datadog\/browser-logs)/;

/** By what stands in the files, line by line, where detect reads the model. */
export function checksOf(repo: Repo): readonly Check[] {
  const where = needsCollector(repo);
  if (where.length === 0 || isCollected(repo)) return [];
  return [
    {
      title: 'What is deployed sends its logs somewhere',
      level: 'static',
      run: () =>
        sends(
          repo,
          where.map(({ path }) => path),
        ),
    },
  ];
}

function sends(repo: Repo, paths: readonly string[]): Verdict {
  const stack = paths.find((path) => SHIPS.test((repo.peek(path) ?? '').replace(/#.*$/gm, '')));
  if (stack !== undefined) return { verdict: 'pass', evidence: [{ subject: stack, observed: 'ships logs' }] };
  const code = repo.files.find((path) => {
    if (!/\.[cm]?[jt]sx?$/.test(path) || /node_modules|\.(test|spec)\./.test(path)) return false;
    const text = repo.peek(path) ?? '';
    return FROM_CODE.test(text) && FROM_CODE.test(blankComments(text));
  });
  if (code !== undefined)
    return { verdict: 'pass', evidence: [{ subject: code, observed: 'hands logs to a service' }] };
  return { verdict: 'fail', reason: `${paths.join(', ')}: logs stay where they are written` };
}
