import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const WEB = 'services:\n  web:\n    image: web\n';
const LIMITED = `${WEB}    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n`;
const PINO = "import pino from 'pino';\nexport const log = pino({ transport: { target: 'pino-loki' } });\n";

function server(compose: string, more: Tree = {}): Tree {
  return {
    'deploy.sh': 'docker compose -f docker-compose.prod.yml up -d\n',
    'docker-compose.prod.yml': compose,
    ...more,
  };
}

function service(image: string): string {
  return `${LIMITED}  logs:\n    image: ${image}\n    logging:\n      driver: local\n`;
}

const NEXT = { 'app/page.tsx': 'export default () => null;\n' };

function mounted(image: string, config: string): string {
  return `${service(image)}    volumes:\n      - ./${config}:/etc/${config}:ro\n`;
}

/** The telemetry section is about the collector's own log. */
function otel(...pipelines: readonly string[]): string {
  const each = pipelines.map((name) => `    ${name}:\n      receivers: [otlp]\n`).join('');
  return `receivers:\n  otlp:\nservice:\n  pipelines:\n${each}  telemetry:\n    logs:\n      level: warn\n`;
}

const LOGTAPE: Tree = {
  'package.json': '{ "dependencies": { "next": "16.0.0", "@logtape/logtape": "1.0.0" } }',
  'src/app/layout.jsx': 'export default ({ children }) => children;\n',
  'src/lib/log.js': `import { configure, fromAsyncSink, getLogger } from '@logtape/logtape';
const sink = async (record) => {
  await fetch(\`https://\${process.env.BETTER_STACK_HOST}\`, { method: 'POST', body: JSON.stringify(record) });
};
await configure({ sinks: { far: fromAsyncSink(sink) }, loggers: [] });
export const log = getLogger(['app']);
`,
};

/** A logger of events that sends them away where its settings say so. */
const EVENTS: Tree = {
  'package.json':
    '{ "dependencies": { "@opentelemetry/exporter-logs-otlp-http": "0.200.0", "zod": "4.0.0" } }',
  'src/config.ts': `import { z } from 'zod';
const env = z.object({ EVENT_LOGS_ENABLED: stringBool('false') }).parse(process.env);
export const config = { eventLogs: { enabled: env.EVENT_LOGS_ENABLED } };
`,
  'src/events.ts': `import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { config } from './config';
let exporter: OTLPLogExporter | null = null;
export function start() {
  if (!config.eventLogs.enabled) {
    return;
  }
  exporter = new OTLPLogExporter({ url: 'https://logs.example.org' });
}
`,
};
const EVLOG: Tree = {
  'package.json': '{ "dependencies": { "evlog": "1.0.0" } }',
  'src/log.ts': `import { initLogger } from 'evlog';
import { createAxiomDrain } from 'evlog/axiom';
initLogger({ enabled: true, drain: createAxiomDrain() });
`,
};
/** Anybody may deploy a copy of their own. */
const BUTTON = `# Shop

[![Deploy](https://render.com/images/button.svg)](https://render.com/deploy?repo=https://example.org/shop)
`;

testGap(gap, import.meta.url, {
  // Open in its ways.
  'nothing collects and nothing is limited': {
    files: server(WEB),
    open: ['no-collector'],
    notes: ['unbounded-log'],
    manual: true,
  },
  'the logs are limited and stay where they are': {
    files: server(LIMITED),
    open: ['no-collector'],
    manual: true,
  },
  'a script starts processes on a server': {
    files: { 'deploy.sh': 'ssh web "pm2 restart all"\n' },
    open: ['no-collector'],
    manual: true,
  },
  // Looks closed.
  'Loki stands there and nothing feeds it': {
    files: server(service('grafana/loki:3.2.0')),
    open: ['nothing-ships'],
    manual: true,
  },
  'the collector is in a stack that nothing deploys': {
    files: server(LIMITED, {
      'infra/docker-compose.logs.yml': 'services:\n  ship:\n    image: grafana/alloy:v1.5.0\n',
    }),
    open: ['idle-collector'],
    manual: true,
  },
  'a transport is installed and not used': {
    files: server(LIMITED, {
      'package.json': '{ "dependencies": { "pino-loki": "^2.0.0" } }',
      'src/log.ts': "// 'pino-loki'\nexport {};\n",
    }),
    open: ['unused-transport'],
    manual: true,
  },
  'somebody is called Loki': {
    files: server(LIMITED, { 'src/agents.ts': "export const agents = ['Loki', 'Thor'];\n" }),
    open: ['no-collector'],
    manual: true,
  },
  'a service logs like the others and is named vector': {
    files: server(
      `${LIMITED}  vectors:\n    image: pgvector/pgvector:pg16\n    logging:\n      driver: local\n`,
    ),
    open: ['no-collector'],
    manual: true,
  },
  'the collector takes traces only': {
    files: server(mounted('otel/opentelemetry-collector-contrib:0.115.0', 'otel.yml'), {
      'otel.yml': otel('traces'),
    }),
    open: ['blind-collector'],
    manual: true,
  },
  'Alloy takes metrics only': {
    files: server(mounted('grafana/alloy:v1.5.0', 'config.alloy'), {
      'config.alloy': '// loki.write\nprometheus.scrape "all" { targets = [] }\n',
    }),
    open: ['blind-collector'],
    manual: true,
  },
  'the agent of Datadog is not told to take logs': {
    files: server(`${service('gcr.io/datadog/agent:7')}    environment:\n      DD_API_KEY: \${DD_API_KEY}\n`),
    open: ['blind-collector'],
    manual: true,
  },
  'a journal stays on the server': {
    files: server(`${WEB}    logging:\n      driver: journald\n`),
    open: ['no-collector'],
    manual: true,
  },
  'one of three services sends its logs away': {
    files: server(
      `${WEB}    logging:\n      driver: awslogs\n  api:\n    image: api\n  db:\n    image: postgres:16\n    logging:\n      driver: local\n`,
    ),
    open: ['unshipped-service', 'unshipped-service'],
    notes: ['unbounded-log'],
    manual: true,
  },
  'a collector starts on request only': {
    files: server(`${service('grafana/alloy:v1.5.0')}    profiles: [logs]\n`),
    open: ['idle-collector'],
    manual: true,
  },
  'the search of the shop is no store of logs': {
    files: server(service('elasticsearch:8.17.0')),
    open: ['no-collector'],
    manual: true,
  },
  'a transport is imported for its types': {
    files: server(LIMITED, {
      'package.json': '{ "dependencies": { "pino-loki": "^2.0.0" } }',
      'src/log.ts': "import type { LokiOptions } from 'pino-loki';\nexport type Log = LokiOptions;\n",
    }),
    open: ['unused-transport'],
    manual: true,
  },
  'a transport is named among packages to leave alone': {
    files: server(LIMITED, {
      ...NEXT,
      'package.json': '{ "dependencies": { "next": "15.0.0", "pino-loki": "^2.0.0" } }',
      'next.config.js': "module.exports = { serverExternalPackages: ['pino-loki'] };\n",
    }),
    open: ['unused-transport'],
    manual: true,
  },
  'an agent is installed in a comment': {
    files: server(LIMITED, { 'setup.sh': '# apt-get install -y filebeat\necho vector\n' }),
    open: ['no-collector'],
    manual: true,
  },
  'the daemon keeps logs small and keeps them': {
    files: server(WEB, {
      'infra/daemon.json': '{ "log-driver": "json-file", "log-opts": { "max-size": "10m" } }',
    }),
    open: ['no-collector'],
    manual: true,
  },
  'a logger of events is off unless somebody turns it on': {
    files: server(LIMITED, EVENTS),
    open: ['switched-off'],
    manual: true,
  },
  'a logger of events is switched off': {
    files: server(LIMITED, {
      ...EVLOG,
      'src/log.ts': (EVLOG['src/log.ts'] ?? '').replace('enabled: true', 'enabled: false'),
    }),
    open: ['switched-off'],
    manual: true,
  },
  'a transport waits for a variable': {
    files: server(LIMITED, {
      'package.json': '{ "dependencies": { "pino-loki": "^2.0.0" } }',
      'src/log.ts': `import pino from 'pino';
const isOn = process.env.LOKI === 'true';
export const log = isOn ? pino({ transport: { target: 'pino-loki' } }) : pino();
`,
    }),
    open: ['switched-off'],
    manual: true,
  },
  'an event logger that writes to the console': {
    files: server(LIMITED, {
      ...EVLOG,
      'src/log.ts': "import { initLogger } from 'evlog';\ninitLogger({ enabled: true });\n",
    }),
    open: ['unused-transport'],
    manual: true,
  },
  // Closed in its ways.
  'a logger of events is turned on in the stack': {
    files: server(`${LIMITED}    environment:\n      EVENT_LOGS_ENABLED: "true"\n`, EVENTS),
    closed: true,
  },
  'a logger of events sends them away': { files: server(LIMITED, EVLOG), closed: true },
  'a draft beside the stack cannot be read': {
    files: server(service('grafana/alloy:v1.5.0'), {
      'infra/docker-compose.template.yml': `services:
  loki:
    image: {{ image }}
   ports: {{ ports }}
`,
    }),
    closed: true,
  },
  'the collector takes logs too': {
    files: server(mounted('otel/opentelemetry-collector-contrib:0.115.0', 'otel.yml'), {
      'otel.yml': otel('traces', 'logs/docker'),
    }),
    closed: true,
  },
  'the configuration of the collector is elsewhere': {
    files: server(service('otel/opentelemetry-collector-contrib:0.115.0')),
    closed: true,
  },
  'the agent of Datadog is told to take logs': {
    files: server(`${service('gcr.io/datadog/agent:7')}    environment: [DD_LOGS_ENABLED=true]\n`),
    closed: true,
  },
  'the script turns the profile of the collector on': {
    files: server(`${service('grafana/alloy:v1.5.0')}    profiles: [logs]\n`, {
      'deploy.sh': 'docker compose -f docker-compose.prod.yml --profile logs up -d\n',
    }),
    closed: true,
  },
  'an included file brings the collector': {
    files: server(`include:\n  - path: ./logs.yml\n${LIMITED}`, {
      'logs.yml': `services:
  ship:
    image: grafana/alloy:v1.5.0
    logging:
      driver: local
`,
    }),
    closed: true,
  },
  'the image of the collector is built here': {
    files: server(`${LIMITED}  ship:\n    build: ./ship\n    logging:\n      driver: local\n`, {
      'ship/Dockerfile': 'FROM fluent/fluent-bit:3.2\nCOPY fluent-bit.conf /fluent-bit/etc/\n',
    }),
    closed: true,
  },
  'every service names a driver': {
    files: server(
      `${WEB}    logging:\n      driver: awslogs\n  migrate:\n    image: api\n    restart: 'no'\n    logging:\n      driver: local\n  noise:\n    image: noise\n    logging:\n      driver: none\n`,
    ),
    closed: true,
  },
  'the daemon sends everything away': {
    files: server(WEB, { 'infra/daemon.json': '{ "log-driver": "loki", "log-opts": { "loki-url": "x" } }' }),
    closed: true,
  },
  'the set-up of the server installs an agent': {
    files: server(LIMITED, { 'infra/setup.sh': 'apt-get update\napt-get install -y \\\n  curl filebeat\n' }),
    closed: true,
  },
  'Next.js is wrapped by the transport': {
    files: server(LIMITED, {
      ...NEXT,
      'package.json': '{ "dependencies": { "next": "14.0.4", "next-axiom": "^1.0.0" } }',
      'next.config.js': "const { withAxiom } = require('next-axiom');\nmodule.exports = withAxiom({});\n",
    }),
    closed: true,
  },
  'a chart brings a collector': {
    files: {
      'charts/shop/Chart.yaml': `name: shop
dependencies:
  - name: fluent-bit
    version: 0.48.0
`,
    },
    closed: true,
  },
  'a collector runs on every node': {
    files: {
      'charts/shop/Chart.yaml': 'name: shop\n',
      'charts/shop/ship.yaml': `kind: DaemonSet
spec:
  containers:
    - image: timberio/vector:0.43.0
`,
    },
    closed: true,
  },
  'Alloy sends to Loki': {
    files: server(
      `${service('grafana/loki:3.2.0')}  ship:\n    image: grafana/alloy:v1.5.0\n    logging:\n      driver: local\n`,
    ),
    closed: true,
  },
  'Fluent Bit sends away': { files: server(service('cr.fluentbit.io/fluent/fluent-bit:3.2')), closed: true },
  'a driver sends away, by an anchor': {
    files: server(
      `x-logs: &logs
  logging:
    driver: gcplogs
services:
  web:
    <<: *logs
    image: web
`,
    ),
    closed: true,
  },
  'the limit comes from a fragment': {
    files: server(
      `x-log: &log
  driver: json-file
  options:
    max-size: 5m
services:
  web:
    image: web
    logging: *log
  ship:
    image: timberio/vector:0.43.0
    logging: *log
`,
    ),
    closed: true,
  },
  'the logger sends away': {
    files: server(LIMITED, {
      'package.json': '{ "dependencies": { "pino-loki": "^2.0.0" } }',
      'src/log.ts': PINO,
    }),
    closed: true,
  },
  'the host keeps them, for a while': {
    files: { 'vercel.json': '{}', Procfile: 'web: next start\n' },
    closed: true,
    notes: ['short-lived-logs'],
  },
  'another host keeps them': {
    files: { 'railway.json': '{}', 'apps/shop/fly.toml': 'app = "shop"\n' },
    closed: true,
    notes: [],
  },
  'Cloud Build deploys to Cloud Run': {
    files: {
      'cloudbuild.yaml': `steps:
  - name: gcloud
    args: ['run', 'deploy', 'shop']
`,
    },
    closed: true,
  },
  'a sink of its own posts to Better Stack': {
    files: {
      ...LOGTAPE,
      'src/app/page.jsx': "import { log } from '../lib/log';\nexport default () => log.info('x');\n",
    },
    closed: true,
  },
  'a sink of its own that nothing imports': { files: LOGTAPE, notApplicable: true },
  'the sink of the deployed service posts its records': {
    files: server(LIMITED, {
      'package.json': '{ "dependencies": { "winston": "^3.0.0" } }',
      'src/log.ts': `import winston from 'winston';
import Transport from 'winston-transport';
class Far extends Transport {
  log(line, done) {
    fetch(process.env.LOKI_URL + '/loki/api/v1/push', { method: 'POST', body: JSON.stringify(line) }).finally(done);
  }
}
export const log = winston.createLogger({ transports: [new Far()] });
`,
      'src/main.ts': "import { log } from './log';\nlog.info('up');\n",
    }),
    closed: true,
  },
  // Beyond reading, or not there.
  'a button deploys a copy of whoever presses it': {
    files: { 'render.yaml': 'services: []\n', 'README.md': BUTTON },
    unknown: true,
  },
  'a template deploys a copy of whoever takes it': {
    files: { '.do/deploy.template.yaml': 'spec:\n  name: shop\n' },
    unknown: true,
  },
  'a Procfile does not say who runs it': { files: { Procfile: 'web: next start\n' }, unknown: true },
  'Cloud Build deploys to who knows where': {
    files: { 'cloudbuild.yaml': "steps:\n  - name: make\n    args: ['ship']\n" },
    unknown: true,
  },
  'a cluster runs it': { files: { 'charts/shop/Chart.yaml': 'name: shop\n' }, unknown: true },
  'a collector runs in the cluster of the developers': {
    files: {
      'charts/shop/Chart.yaml': 'name: shop\n',
      'dev/k8s/ship.yaml': `kind: DaemonSet
spec:
  containers:
    - image: timberio/vector:0.43.0
`,
    },
    unknown: true,
  },
  'a chart is not collected because the front end is': {
    files: { 'vercel.json': '{}', 'charts/shop/Chart.yaml': 'name: loki-stack\n' },
    unknown: true,
  },
  'what is included is not here': {
    files: server(`include:\n  - ../logs.yml\n${LIMITED}`),
    unknown: true,
  },
  'a library': { files: { 'package.json': '{ "name": "lib" }' }, notApplicable: true },
});
