/** Takes logs from the containers or files of a host and sends them on. */
export const SHIPPER =
  /(?:^|\/)(promtail|alloy|fluent-?bit|fluentd|vector|opentelemetry-collector[\w-]*|otelcol[\w-]*|filebeat|elastic-agent|logstash|datadog\/agent|agent-data-plane|signoz-otel-collector|logspout|splunk-otel-collector|grafana\/agent|syslog-ng|rsyslog[\w-]*)(?::|@|$)/;

/** Keeps the logs that others send. Elasticsearch and OpenSearch are not told apart from a shop's search. */
export const STORE = /(?:^|\/)(loki|graylog|seq|quickwit|victoria-logs)(?::|@|$)/;

/** Drivers that send logs away; `journald` keeps them on the host (docs.docker.com/engine/logging/configure). */
export const SHIPPING_DRIVER =
  /^(awslogs|gcplogs|fluentd|gelf|syslog|splunk|loki|grafana\/loki-docker-driver.*)$/;

/** Packages that send logs to a service from inside of the program. */
export const TRANSPORT =
  /^(pino-loki|winston-loki|@logtail\/[\w-]+|@axiomhq\/[\w-]+|next-axiom|pino-datadog-transport|datadog-winston|@datadog\/browser-logs|winston-cloudwatch|pino-cloudwatch|@google-cloud\/logging(?:-[\w-]+)?|@highlight-run\/[\w-]+|pino-elasticsearch|winston-elasticsearch|pino-opentelemetry-transport|@opentelemetry\/(?:exporter-logs-[\w-]+|sdk-logs)|@hyperdx\/node-opentelemetry|logdna|@logdna\/[\w-]+|@papertrail\/[\w-]+|winston-papertrail|pino-papertrail|@honeycombio\/[\w-]+|@logtape\/(?:otel|cloudwatch-logs)|evlog)$/;

/** Of these packages, the parts that send; the rest writes to the console. */
export const SENDING_PARTS: ReadonlyMap<string, RegExp> = new Map([
  ['evlog', /^evlog\/(?:axiom|otlp|better-stack|hyperdx|datadog|sentry|posthog)\b/],
]);

/** Loggers that a program gives sinks of its own. */
export const LOGGERS: ReadonlySet<string> = new Set([
  '@logtape/logtape',
  'pino',
  'winston',
  'consola',
  'loglevel',
  'tslog',
  'bunyan',
  'roarr',
  'signale',
]);

/** A request that carries records to a service of logs. */
export const SENDS =
  /\bfetch\([\s\S]{0,200}?(?:BETTER_?STACK|LOGTAIL|AXIOM|DATADOG|\bDD_|LOKI|PAPERTRAIL|NEW_?RELIC|HYPERDX|SUMO|LOG_?(?:DRAIN|INGEST|ENDPOINT|SINK)|betterstackdata|logtail\.com|axiom\.co|datadoghq|grafana\.net)/i;

/** Hosts that keep the logs of what they run. */
export const KEEPING_HOSTS: ReadonlySet<string> = new Set([
  'Cloud Build',
  'Vercel',
  'Netlify',
  'Fly.io',
  'Render',
  'Railway',
  'Firebase App Hosting',
  'Cloudflare',
  'AWS Amplify',
  'DigitalOcean',
]);

/** Hosts that keep them for hours or days (vercel.com/docs/logs/runtime, docs.netlify.com: "Function logs"). */
export const FORGETFUL_HOSTS: ReadonlySet<string> = new Set(['Vercel', 'Netlify']);

/** Where the button leads with which anybody deploys a copy of their own. */
export const DEPLOY_BUTTONS: ReadonlyMap<string, RegExp> = new Map([
  ['Vercel', /vercel\.com\/(?:new\/(?:clone|git)|button|import)/],
  ['Netlify', /netlify\.com\/start\/deploy/],
  ['Render', /render\.com\/deploy\b/],
  ['Railway', /railway\.(?:app|com)\/(?:new\/)?(?:template|deploy)\b/],
  ['DigitalOcean', /cloud\.digitalocean\.com\/apps\/new\b/],
  ['Cloudflare', /deploy\.workers\.cloudflare\.com/],
  ['Cloud Build', /deploy\.cloud\.run/],
  ['AWS Amplify', /amplify\/home#\/deploy/],
]);
