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
  // Closed in its ways.
  'Alloy sends to Loki': {
    files: server(
      `${service('grafana/loki:3.2.0')}  ship:\n    image: grafana/alloy:v1.5.0\n    logging:\n      driver: local\n`,
    ),
    closed: true,
  },
  'Fluent Bit sends away': { files: server(service('cr.fluentbit.io/fluent/fluent-bit:3.2')), closed: true },
  'a driver sends away, by an anchor': {
    files: server(
      'x-logs: &logs\n  logging:\n    driver: gcplogs\nservices:\n  web:\n    <<: *logs\n    image: web\n',
    ),
    closed: true,
  },
  'the limit comes from a fragment': {
    files: server(
      'x-log: &log\n  driver: json-file\n  options:\n    max-size: 5m\nservices:\n  web:\n    image: web\n    logging: *log\n  ship:\n    image: timberio/vector:0.43.0\n    logging: *log\n',
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
  'the host keeps them': { files: { 'vercel.json': '{}' }, closed: true },
  // Beyond reading, or not there.
  'a cluster runs it': { files: { 'charts/shop/Chart.yaml': 'name: shop\n' }, unknown: true },
  'a library': { files: { 'package.json': '{ "name": "lib" }' }, notApplicable: true },
});
