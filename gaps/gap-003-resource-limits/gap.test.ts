import { testGap } from '../../test/harness/test-gap.ts';
import gap from './index.ts';

const APP = {
  'deploy.sh': '#!/bin/sh\ndocker compose -f infra/compose.prod.yml up -d --build\n',
  'frontend/package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'frontend/app/page.tsx': 'export default () => null;\n',
};

/** A front end in a workspace of its own. */
const MONOREPO = {
  'package.json': '{ "name": "shop-monorepo", "workspaces": ["apps/*"] }',
  'apps/web/package.json': '{ "name": "web", "dependencies": { "next": "15.4.0" } }',
  'apps/web/app/page.tsx': 'export default () => null;\n',
};

const LIMITED =
  "    deploy:\n      resources:\n        limits:\n          cpus: '1'\n          memory: 1G\n        reservations:\n          memory: 256M\n";

/** A repository whose deploy script starts this file. */
function compose(services: string, more = ''): Record<string, string> {
  return { ...APP, 'infra/compose.prod.yml': `name: app\n${more}services:\n${services}` };
}

const FRONTEND = '  frontend:\n    build: ../frontend\n    restart: always\n';
const GATEWAY = '  uef-gateway:\n    build:\n      context: ../backend/uef-gateway\n    restart: always\n';

const EXTENDING =
  '  frontend:\n    extends:\n      file: base.yml\n      service: web\n    build: ../frontend\n';
const TOGETHER = {
  ...APP,
  'deploy.sh': '#!/bin/sh\ndocker compose -f compose.yml -f compose.prod.yml up -d\n',
};

testGap(gap, import.meta.url, {
  'both services have no limits': {
    fixture: 'both-missing',
    open: ['no-limits', 'no-limits'],
    notes: ['sibling-without-limits'],
  },
  'siblings on request': {
    fixture: 'both-missing',
    open: ['no-limits', 'no-limits'],
    options: { siblings: true },
  },
  'memory alone is limited': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          memory: 1G # enough\n`,
    ),
    open: ['no-cpu-limit', 'no-reservations'],
  },
  'limits without reservations': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: 1\n          memory: 1G\n`,
    ),
    open: ['no-reservations'],
  },
  'deploy holds replicas only': {
    files: compose(`${FRONTEND}    deploy:\n      replicas: 2\n`),
    open: ['no-limits'],
  },
  'a limit of zero is none': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: '0'\n          memory: 0\n`,
    ),
    open: ['no-limits'],
    manual: true,
  },
  'a limit of zero with a unit is none': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: '0.0'\n          memory: 0M\n`,
    ),
    open: ['no-limits'],
    manual: true,
  },
  'more is reserved already than the runbook limits': {
    files: compose(`${FRONTEND}    deploy:\n      resources:\n        reservations:\n          memory: 4G\n`),
    open: ['no-limits'],
    manual: true,
  },
  'less is allowed already than the runbook reserves': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: '0.25'\n          memory: 128m\n`,
    ),
    open: ['no-reservations'],
    manual: true,
  },
  'the environment sets the numbers, with defaults': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: '\${CPUS:-2}'\n          memory: \${MEMORY-2G}\n        reservations:\n          memory: 512M\n`,
    ),
    closed: true,
  },
  'the environment sets the numbers': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: '\${CPUS}'\n          memory: \${MEMORY:?}\n        reservations:\n          memory: \${RESERVED}\n`,
    ),
    closed: true,
  },
  'the file that is laid over it sets the limits': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh': 'docker compose -f infra/compose.yml -f infra/compose.prod.yml up -d\n',
      'infra/compose.yml': `services:\n${FRONTEND}`,
      'infra/compose.prod.yml': `services:\n  frontend:\n    restart: always\n${LIMITED}`,
    },
    closed: true,
  },
  'the file that is laid over it sets a part': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh': 'docker compose -f infra/compose.yml -f infra/compose.prod.yml up -d\n',
      'infra/compose.yml': `services:\n${FRONTEND}`,
      'infra/compose.prod.yml':
        '  services:\n    frontend:\n      deploy:\n        resources:\n          limits:\n            memory: 1G\n',
    },
    open: ['no-cpu-limit', 'no-reservations'],
    manual: true,
  },
  'the override that Compose takes along sets the limits': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh': 'docker compose up -d\n',
      'infra/compose.prod.yml': '',
      'compose.yml': 'services:\n  web:\n    build: ./frontend\n',
      'compose.override.yml': `services:\n  web:\n    build: ./frontend\n${LIMITED}`,
    },
    closed: true,
  },
  'several commands deploy the application, each from its own file': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh':
        'docker compose -f infra/compose.yml up -d\ndocker compose -f infra/compose.prod.yml up -d\n',
      'infra/compose.yml': `services:\n${FRONTEND}`,
    },
    open: ['no-limits', 'no-limits'],
  },
  'several files that are deployed by one command run the application': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh': 'docker compose -f infra/compose.yml -f infra/compose.prod.yml up -d\n',
      'infra/compose.yml': `services:\n${FRONTEND}`,
    },
    open: ['no-limits'],
  },
  'each file of one command builds a part of the application': {
    files: {
      ...compose(`${FRONTEND}${LIMITED}`),
      'deploy.sh': 'docker compose -f infra/compose.prod.yml -f infra/docker-compose.gateway.yml up -d\n',
      'infra/docker-compose.gateway.yml': `services:\n${GATEWAY}`,
    },
    open: ['no-limits'],
  },
  'one command over several lines, and another before it': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh':
        'docker compose -f infra/compose.yml build\ndocker compose \\\n  -f infra/compose.yml \\\n  -f infra/compose.prod.yml \\\n  up -d\n',
      'infra/compose.yml': `services:\n${FRONTEND}`,
      'infra/compose.prod.yml': `services:\n  frontend:\n    restart: always\n${LIMITED}`,
    },
    closed: true,
  },
  'the later file of a command takes the limits away': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh': 'docker compose -f infra/compose.yml -f infra/compose.prod.yml up -d\n',
      'infra/compose.yml': `services:\n${FRONTEND}${LIMITED}`,
      'infra/compose.prod.yml':
        "services:\n  frontend:\n    deploy:\n      resources:\n        limits:\n          cpus: '0'\n          memory: 0\n",
    },
    open: ['no-limits'],
    manual: true,
  },
  'the file that is laid over it only sets replicas': {
    files: {
      ...compose(FRONTEND),
      'deploy.sh': 'docker compose -f infra/compose.yml -f infra/compose.prod.yml up -d\n',
      'infra/compose.yml': `services:\n${FRONTEND}`,
      'infra/compose.prod.yml': 'services:\n  frontend:\n    deploy:\n      replicas: 2\n',
    },
    open: ['no-limits'],
  },
  'the override builds what the file that it is laid over limits': {
    files: {
      ...APP,
      'deploy.sh': '',
      'compose.yml': `services:\n  web:\n    image: web\n${LIMITED}`,
      'compose.override.yml': 'services:\n  web:\n    build: ./frontend\n',
    },
    closed: true,
  },
  'a monorepo builds the front end from its root': {
    files: compose(
      '  web:\n    build:\n      context: ..\n      dockerfile: frontend/Dockerfile\n    restart: always\n',
    ),
    open: ['no-limits'],
  },
  'the only stack is one for tests': {
    files: {
      'frontend/package.json': '{ "dependencies": { "next": "14.0.4" } }',
      'frontend/app/page.tsx': 'export default () => null;\n',
      'cypress/docker-compose.yml': 'services:\n  web:\n    build: ../frontend\n',
      '.devcontainer/compose.yml': 'services:\n  web:\n    build: ../frontend\n',
    },
    notApplicable: true,
  },
  'the decoy is limited and not deployed': {
    files: {
      ...compose(FRONTEND),
      'infra/docker-compose.production.yml': `services:\n${FRONTEND}${LIMITED}`,
    },
    open: ['no-limits'],
  },
  'a service is in flow style': {
    files: compose('  frontend: { build: ../frontend }\n'),
    open: ['no-limits'],
  },
  'the sections of deploy are in flow style': {
    files: compose(
      `${FRONTEND}    deploy: {resources: {limits: {memory: 1G}}}\n${GATEWAY}    deploy:\n      resources:\n        limits: {}\n`,
    ),
    open: ['no-cpu-limit', 'no-reservations', 'no-limits'],
  },
  'deploy and its resources are empty': {
    files: compose(`${FRONTEND}    deploy: # soon\n\n${GATEWAY}    deploy:\n      resources: ~\n`),
    open: ['no-limits', 'no-limits'],
  },
  'a service is an alias': {
    files: compose('  frontend: *f\n', 'x-f: &f\n  build: ../frontend\n'),
    open: ['no-limits'],
    manual: true,
  },
  'deploy is merged in without limits': {
    files: compose(
      `  frontend:\n    <<: *d\n    build: ../frontend\n`,
      'x-d: &d\n  deploy:\n    replicas: 1\n',
    ),
    open: ['no-limits'],
    manual: true,
  },
  'a merge key brings other things': {
    files: compose(`  frontend:\n    <<: *d\n    build: ../frontend\n`, 'x-d: &d\n  restart: always\n'),
    open: ['no-limits'],
  },
  'older keys limit memory only': {
    files: compose(`${FRONTEND}    mem_limit: 1g\n`),
    open: ['no-cpu-limit'],
  },
  'older keys limit the time of CPUs only': {
    files: compose(`${FRONTEND}    cpu_quota: '150000'\n    pids_limit: 200\n`),
    open: ['no-memory-limit'],
  },
  'a period of CPUs excludes a number of them': {
    files: compose(`${FRONTEND}    cpu_period: 50000\n    mem_limit: 1g\n`),
    open: ['no-cpu-limit'],
    manual: true,
  },
  'swap is limited below the memory': {
    files: compose(`${FRONTEND}    memswap_limit: 512m\n`),
    open: ['no-limits'],
    manual: true,
  },
  'processes are limited at the service': {
    files: compose(`${FRONTEND}    pids_limit: 200\n    cap_drop: [ALL]\n`),
    open: ['no-limits'],
  },
  'processes are unlimited at the service': {
    files: compose(`${FRONTEND}    pids_limit: -1\n`),
    open: ['no-limits'],
  },
  'memory is reserved at the service': {
    files: compose(`${FRONTEND}    mem_reservation: \${RESERVED:-300m}\n`),
    open: ['no-limits'],
  },
  'more memory is reserved at the service than the runbook limits': {
    files: compose(`${FRONTEND}    mem_reservation: 3g\n`),
    open: ['no-limits'],
    manual: true,
  },
  'older keys stand beside reservations': {
    files: compose(
      `${FRONTEND}    mem_limit: 1073741824\n    deploy:\n      resources:\n        reservations:\n          memory: 256M\n`,
    ),
    open: ['no-cpu-limit'],
  },
  'a GPU is reserved': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          pids: 100\n        reservations:\n          devices:\n            - driver: nvidia\n              count: 1\n              capabilities: [gpu]\n`,
    ),
    open: ['no-limits'],
  },
  'a GPU is reserved beside limits': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: "1"\n          memory: 1G\n        reservations:\n          devices: [{ capabilities: [gpu] }]\n`,
    ),
    open: ['no-reservations'],
  },
  'Compose refuses a limit of processes that stands in one of two places': {
    files: compose(`${FRONTEND}    pids_limit: 200\n${LIMITED}`),
    open: ['contradiction'],
  },
  'Compose refuses two limits of memory': {
    files: compose(`${FRONTEND}    mem_limit: 2g\n${LIMITED}`),
    open: ['contradiction'],
    manual: true,
  },
  'the same limits in both places, written differently': {
    files: compose(`${FRONTEND}    mem_limit: 1024m\n    cpus: 1\n${LIMITED}`),
    closed: true,
  },
  'Compose takes no number for memory, and no other key': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: 1\n          cpu: 1\n          memory: 1073741824\n        reservations:\n          memory: 256M\n`,
    ),
    open: ['contradiction'],
    manual: true,
  },
  'more is reserved than the limit': {
    files: compose(
      `${FRONTEND}    deploy:\n      resources:\n        limits:\n          cpus: '0.5'\n          memory: 128M\n        reservations:\n          cpus: '1'\n          memory: 256M\n`,
    ),
    open: ['contradiction'],
    manual: true,
  },
  'less memory is allowed than Docker gives': {
    files: compose(`${FRONTEND}    mem_limit: 4m\n    cpus: 1\n`),
    open: ['contradiction'],
    manual: true,
  },
  'the last entry is a list with an item that is commented out': {
    files: compose(
      `  frontend:\n    build: ../frontend\n    volumes:\n      - "./data:/app/data"\n      # - "./config.yaml:/app/config.yaml" # uncomment to configure by a file\n\n  db:\n    image: postgres:16\n`,
    ),
    open: ['no-limits'],
    notes: ['sibling-without-limits'],
  },
  'a merge key has a tag': {
    files: compose(
      `  frontend:\n    !!merge <<: *d\n    build: ../frontend\n    ports:\n      - "3000:3000"\n`,
      'x-d: &d\n  restart: unless-stopped\n',
    ),
    open: ['no-limits'],
  },
  'a neighbour has as many CPUs already': {
    files: compose(`${FRONTEND}  model:\n    image: ollama/ollama\n    cpus: 4\n    mem_limit: 8g\n`),
    open: ['no-limits'],
  },
  'a neighbour that has as many CPUs needs a profile': {
    files: compose(
      `${FRONTEND}  model:\n    image: ollama/ollama\n    profiles: [ai]\n    cpus: 4\n    mem_limit: 8g\n`,
    ),
    open: ['no-limits'],
  },
  'a copy for demonstrations is limited': {
    files: compose(
      `${FRONTEND}  demo-frontend:\n    build: ../frontend\n    deploy:\n      resources:\n        limits:\n          cpus: '1'\n          memory: 1G\n`,
    ),
    open: ['no-limits'],
  },
  'other numbers are asked for': {
    files: compose(`${FRONTEND}${GATEWAY}`),
    options: { frontendCpus: 1, frontendMemory: '768M', gatewayCpus: '0.5', gatewayReservedCpus: 0.1 },
    open: ['no-limits', 'no-limits'],
  },

  'a service extends another file that limits nothing': {
    files: { ...compose(EXTENDING), 'infra/base.yml': 'services:\n  web:\n    restart: always\n' },
    open: ['no-limits'],
    manual: true,
  },
  'a service extends another file that limits it': {
    files: {
      ...compose(EXTENDING),
      'infra/base.yml': `x-limits: &limits\n${LIMITED.replaceAll(/^ {2}/gm, '')}\nservices:\n  web:\n    <<: *limits\n    restart: always\n`,
    },
    closed: true,
  },
  'a service extends a neighbour that is limited': {
    files: compose(
      `  frontend:\n    extends: base\n    build: ../frontend\n  base:\n    image: node:22\n    profiles: [never]\n${LIMITED}`,
    ),
    closed: true,
  },
  'a service extends a file that is not here': { files: compose(EXTENDING), unknown: true },
  'a service is limited itself and extends a file that is not here': {
    files: compose(`${EXTENDING}${LIMITED}`),
    closed: true,
  },
  'the overlay of the same command limits': {
    files: {
      ...TOGETHER,
      'compose.yml': 'services:\n  frontend:\n    build: ./frontend\n  db:\n    image: postgres:16\n',
      'compose.prod.yml': `services:\n  frontend:\n    restart: always\n${LIMITED}`,
    },
    closed: true,
  },
  'both files of the same command speak of the image, and one limits memory alone': {
    files: {
      ...TOGETHER,
      'compose.yml': 'services:\n  frontend:\n    build: ./frontend\n  db:\n    image: postgres:16\n',
      'compose.prod.yml':
        'services:\n  frontend:\n    build: ./frontend\n    deploy:\n      resources:\n        limits:\n          memory: 1G\n',
    },
    open: ['no-cpu-limit', 'no-reservations'],
    notes: ['sibling-without-limits'],
  },
  'one service is made here, and Next.js does not serve it': {
    files: {
      'pyproject.toml': '[project]\nname = "shop"\n',
      'compose.yml':
        'services:\n  all-in-one:\n    build: .\n  mail-worker:\n    build: ./mail\n  db:\n    image: postgres:16\n',
    },
    open: ['no-limits'],
    notes: ['sibling-without-limits', 'sibling-without-limits'],
  },
  'the file for developers does not count': {
    files: {
      ...APP,
      'deploy.sh': '',
      'docker-compose.yml': 'services:\n  web:\n    build: ./frontend\n',
      'docker-compose.dev.yml': `services:\n  web:\n    build: ./frontend\n${LIMITED}`,
      'docker-compose-local.yml': 'services:\n  web:\n    build: ./frontend\n',
    },
    open: ['no-limits'],
  },
  'files that nobody deploys by their own word do not count': {
    files: {
      ...APP,
      'deploy.sh': 'docker compose -f compose.e2e.yml run --rm e2e\n',
      'compose.yml': 'services:\n  web:\n    build: ./frontend\n',
      'compose.e2e.yml': 'services:\n  web:\n    build: ./frontend\n',
      'docker-compose.bench.yml': 'services:\n  web:\n    build: ./frontend\n',
      'docker-compose.legacy.yml': '# DEPRECATED, do not use.\nservices:\n  web:\n    build: ./frontend\n',
    },
    open: ['no-limits'],
  },
  'what a script starts is only the database': {
    files: {
      ...APP,
      'deploy.sh': 'docker compose -f compose.db.yml up -d\n',
      'compose.db.yml': 'services:\n  db:\n    image: postgres:16\n',
      'compose.dev.yml': 'services:\n  web:\n    build: ./frontend\n',
      'compose.yml': 'services:\n  web:\n    build: ./frontend\n',
    },
    open: ['no-limits'],
  },
  'what a script starts is only the database, and two files run the application': {
    files: {
      ...APP,
      'deploy.sh': 'docker compose -f compose.db.yml up -d\n',
      'compose.db.yml': 'services:\n  db:\n    image: postgres:16\n',
      'compose.a.yml': 'services:\n  web:\n    build: ./frontend\n',
      'compose.b.yml': 'services:\n  web:\n    build: ./frontend\n',
    },
    unknown: true,
  },
  'nobody deploys any of them': {
    files: {
      ...APP,
      'deploy.sh': '',
      'docker-compose.dev.yml': 'services:\n  web:\n    build: ./frontend\n',
      'examples/compose.yml': 'services:\n  web:\n    build: ../frontend\n',
    },
    notApplicable: true,
  },
  'the product prints a command for its users': {
    files: {
      ...compose(FRONTEND),
      'backend/src/deploy-engine.ts': "export const HELP = 'docker compose -f compose.users.yml up -d';\n",
      'compose.users.yml': 'services:\n  web:\n    build: ./frontend\n',
    },
    open: ['no-limits'],
  },
  'one base of two commands lacks limits, and a third file has them': {
    files: {
      ...APP,
      'deploy.sh':
        'docker compose -f compose.yml -f compose.a.yml up -d\ndocker compose -f compose.yml -f compose.b.yml up -d\n',
      'compose.yml': `services:\n${FRONTEND.replace('../', './')}`,
      'compose.a.yml': 'services:\n  frontend:\n    restart: always\n',
      'compose.b.yml': 'services:\n  frontend:\n    restart: "no"\n',
    },
    open: ['no-limits'],
  },
  'a monorepo builds its image from a Dockerfile at the root': {
    files: {
      'package.json': '{ "name": "shop", "workspaces": ["apps/*"] }',
      Dockerfile: 'FROM node:22-alpine\nCOPY . .\nRUN npm ci && npm run build --workspace apps/web\n',
      'apps/web/package.json': '{ "name": "web", "dependencies": { "next": "15.4.0" } }',
      'apps/web/app/page.tsx': 'export default () => null;\n',
      'docker-compose.yml':
        "services:\n  app:\n    build: .\n    ports:\n      - '3000:3000'\n  jobs:\n    build: .\n    command: npm run jobs\n  db:\n    image: postgres:17-alpine\n",
    },
    open: ['no-limits'],
    notes: ['sibling-without-limits', 'sibling-without-limits'],
  },
  'a Dockerfile at the root names the package': {
    files: {
      'package.json': '{ "name": "shop", "workspaces": ["apps/*"] }',
      'docker/web.Dockerfile': 'FROM node:22-alpine\nRUN pnpm turbo build --filter=@shop/web\n',
      'apps/web/package.json': '{ "name": "@shop/web", "dependencies": { "next": "15.4.0" } }',
      'apps/web/app/page.tsx': 'export default () => null;\n',
      'docker-compose.yml':
        'services:\n  site:\n    build: { context: ., dockerfile: docker/web.Dockerfile }\n    expose: ["3000"]\n',
    },
    open: ['no-limits'],
  },
  'a Dockerfile at the root builds something else': {
    files: {
      'package.json': '{ "name": "shop", "workspaces": ["apps/*"] }',
      Dockerfile: 'FROM node:22-alpine\nRUN npm run build --workspace apps/webhooks\n',
      'apps/web/package.json': '{ "name": "web", "dependencies": { "next": "15.4.0" } }',
      'apps/web/app/page.tsx': 'export default () => null;\n',
      'docker-compose.yml': "services:\n  app:\n    build: .\n    ports: ['3000:3000']\n",
    },
    open: ['no-limits'],
  },
  'the stack runs the image that a workflow publishes': {
    files: {
      ...APP,
      'deploy.sh': '',
      '.github/workflows/release.yml':
        'name: Images\non: push\njobs:\n  push:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          tags: ghcr.io/acme/shop-${{ matrix.app }}:latest\n',
      'compose.yml':
        'services:\n  frontend:\n    image: registry.example.org/acme/shop-frontend:${TAG:-latest}\n    ports: ["3000:3000"]\n  worker:\n    image: acme/shop-worker:latest\n  db:\n    image: postgres:16\n',
    },
    open: ['no-limits'],
    notes: ['sibling-without-limits', 'sibling-without-limits'],
  },
  'the stack runs the image that has the name of the package': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "next": "15.1.0" } }',
      'src/app/page.jsx': 'export default () => null;\n',
      'docker-compose.yml': `services:\n  shop:\n    image: ghcr.io/acme/shop@sha256:abc\n    ports: ["80:3000"]\n${LIMITED}`,
    },
    closed: true,
  },
  'CI pushes the images of a matrix, and the apps have other names': {
    files: {
      ...MONOREPO,
      '.github/workflows/images.yml': `
name: Images
env:
  NAMESPACE: ghcr.io/\${{ github.repository_owner }}
jobs:
  push:
    strategy:
      matrix:
        part:
          - shop-nextjs
          - shop-jobs
    steps:
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: |
            \${{ env.NAMESPACE }}/\${{ matrix.part }}:latest
`,
      'docker-compose.yml': `
services:
  nextjs-app:
    image: ghcr.io/acme/shop-nextjs:\${VERSION:-latest}
    ports:
      - "3000:3000"
  jobs:
    image: ghcr.io/acme/shop-jobs:\${VERSION:-latest}
  search:
    image: ghcr.io/others/search:1
    ports:
      - "7700:7700"
`,
    },
    open: ['no-limits'],
    notes: ['sibling-without-limits', 'sibling-without-limits'],
  },
  'the published product stands beside a docs site': {
    files: {
      'package.json': '{ "name": "@acme/root" }',
      'apps/docs/package.json': '{ "name": "docs", "dependencies": { "next": "15.4.0" } }',
      'apps/docs/app/page.tsx': 'export default () => null;\n',
      'apps/remix/package.json': '{ "name": "remix", "dependencies": { "react-router": "7" } }',
      '.github/workflows/publish.yml': `
name: Publish
jobs:
  publish:
    steps:
      - run: |
          docker manifest create acme/sign:latest --amend acme/sign-amd64
          docker manifest push acme/sign:latest
`,
      'docker/production/compose.yml': `
services:
  sign:
    image: acme/sign:latest
    ports:
      - "3000:3000"
  database:
    image: postgres:17
`,
    },
    open: ['no-limits'],
    notes: ['sibling-without-limits'],
  },
  'a script builds the image that the stack runs, and CI pushes one to a registry that is a variable': {
    files: {
      ...MONOREPO,
      'scripts/rebuild.sh': `
docker build \\
  -f docker/web.Dockerfile \\
  -t shop-web:latest .
`,
      '.gitlab-ci.yml': `
push:
  script:
    - docker push "$CI_REGISTRY_IMAGE/gateway:$CI_COMMIT_SHA"
`,
      'compose.yaml': `
services:
  web:
    image: shop-web:latest
  gateway:
    image: \${REGISTRY}/gateway:\${TAG:-latest}
  cache:
    image: redis:8
`,
    },
    open: ['no-limits', 'no-limits'],
    notes: ['sibling-without-limits'],
  },
  'the documentation tells which file to download': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "next": "15.4.0" } }',
      'app/page.tsx': 'export default () => null;\n',
      'docs/deployment/docker.mdx':
        'curl https://raw.githubusercontent.com/acme/shop/main/docker-compose.yml -o docker-compose.yml\n',
      'docker-compose.yml': 'services:\n  web:\n    build: .\n    ports: ["3000:3000"]\n',
      'proxy/docker-compose-proxy.yml':
        'services:\n  web:\n    build: ..\n    ports: ["3000:3000"]\n  squid:\n    image: squid\n',
    },
    open: ['no-limits'],
  },
  'the image starts the development server': {
    files: {
      'package.json': '{ "name": "shop", "dependencies": { "next": "15.4.0" } }',
      'app/page.tsx': 'export default () => null;\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["npm", "run", "dev:docker"]\n',
      'docker-compose.yml': 'services:\n  app:\n    build: .\n    ports: ["3000:3000"]\n',
    },
    notApplicable: true,
  },
  'the gateway is rebuilt as its source changes': {
    files: {
      'gateway/Dockerfile': 'FROM golang:1.24\nRUN go install github.com/air-verse/air@latest\n',
      'docker-compose.yml':
        'services:\n  gateway:\n    build: ./gateway\n    command: air ./main.go\n    ports: ["8080:8080"]\n',
    },
    notApplicable: true,
  },
  'the gateway is called like what rebuilds another one': {
    files: {
      'air/Dockerfile': 'FROM golang:1.24\nCMD ["/app/air-quality"]\n',
      'docker-compose.yml':
        'services:\n  gateway:\n    build: ./air\n    command: /app/air-quality --serve\n    ports: ["8080:8080"]\n',
    },
    open: ['no-limits'],
  },
  'CI pushes under the name of the repository': {
    files: {
      ...MONOREPO,
      'README.md': 'docker pull ghcr.io/acme/shop, or see https://github.com/acme/shop/releases\n',
      '.github/workflows/release.yml': `
jobs:
  push:
    steps:
      - uses: docker/metadata-action@v5
        with:
          images: ghcr.io/\${{ github.repository }}
`,
      'compose.yaml': `
services:
  app:
    image: ghcr.io/acme/shop
    ports: ["80:3000"]
  jobs:
    image: ghcr.io/acme/other
`,
    },
    open: ['no-limits'],
    notes: ['sibling-without-limits'],
  },
  'several services are made here and answer, and no name says which is the front end': {
    files: {
      'go.mod': 'module example.com/shop\n',
      'compose.yaml': `
services:
  shop:
    build: ./cmd/shop
    ports: ["80:8080"]
  desk:
    build: ./cmd/desk
    ports: ["81:8080"]
  mailer:
    build: ./cmd/mailer
  storage:
    build: ./docker/storage
    ports: ["5432:5432"]
`,
      'docker/storage/Dockerfile': 'FROM postgres:17\nCOPY init.sql /docker-entrypoint-initdb.d/\n',
    },
    open: ['no-limits', 'no-limits'],
    notes: ['sibling-without-limits', 'sibling-without-limits'],
  },
  'stacks in folders for tests, for seeds and for one package do not count': {
    files: {
      ...MONOREPO,
      'compose.yaml': `
services:
  web:
    build: { context: ., dockerfile: apps/web/Dockerfile }
  server:
    build: { context: ., dockerfile: apps/server/Dockerfile }
`,
      'apps/server/package.json': '{ "name": "server" }',
      'apps/web/compose.yaml': `
services:
  server:
    build: { context: ../.., dockerfile: apps/web/Dockerfile }
`,
      'packages/e2e_tests/compose.yaml': `
services:
  web:
    build: { context: ../.., dockerfile: apps/web/Dockerfile }
`,
      'tools/seed-snapshot/compose.yaml': `
services:
  web:
    build: { context: ../.., dockerfile: apps/web/Dockerfile }
`,
    },
    open: ['no-limits', 'no-limits'],
  },
  'a variant has to be named, and nothing names it': {
    files: {
      ...APP,
      'deploy.sh': '',
      'compose.yaml': `
services:
  web:
    build: ./frontend
`,
      'compose.coolify.yaml': `
services:
  web:
    build: ./frontend
  search:
    image: getmeili/meilisearch
`,
    },
    open: ['no-limits'],
  },
  'a loop deploys one file after the other': {
    files: {
      ...APP,
      'deploy.sh': `
for region in eu us; do
  docker compose -f "infra/docker-compose.\${region}.yml" up -d --build
done
`,
      'infra/docker-compose.eu.yml': 'services:\n  web:\n    build: ../frontend\n',
      'infra/docker-compose.us.yml': 'services:\n  web:\n    build: ../frontend\n',
    },
    open: ['no-limits', 'no-limits'],
  },
  'one for production stands beside the one that Compose takes': {
    files: {
      ...APP,
      'deploy.sh': '',
      'compose.yaml': `
services:
  web:
    build: ./frontend
`,
      'compose.prod.yaml': `
services:
  web:
    build: ./frontend
    restart: always
`,
    },
    unknown: true,
  },
  'one of two commands limits what both start': {
    files: {
      ...APP,
      'deploy.sh': `
docker compose -f compose.yml -f compose.a.yml up -d
docker compose -f compose.yml -f compose.b.yml up -d
`,
      'compose.yml': `
services:
  frontend:
    build: ./frontend
`,
      'compose.a.yml': `services:\n  frontend:\n    restart: always\n`,
      'compose.b.yml': `services:\n  frontend:\n    restart: always\n${LIMITED}`,
    },
    open: ['no-limits'],
    manual: true,
  },
  'two apps of a monorepo are published, and one is limited': {
    files: {
      'package.json': '{ "name": "@acme/root" }',
      'apps/shop/package.json': '{ "name": "shop", "dependencies": { "next": "15.1.0" } }',
      'apps/shop/pages/index.js': 'export default () => null;\n',
      'apps/desk/package.json': '{ "name": "desk", "dependencies": { "next": "15.1.0" } }',
      'apps/desk/pages/index.js': 'export default () => null;\n',
      'compose.yaml': `x-common: &common\n  restart: always\nservices:\n  shop:\n    <<: *common\n    image: acme/shop\n${LIMITED}  desk:\n    <<: *common\n    image: acme/desk\n`,
    },
    open: ['no-limits'],
  },
  'other numbers are a choice': { files: compose(`${FRONTEND}${LIMITED}${GATEWAY}${LIMITED}`), closed: true },
  'limits come from a merge key': {
    files: compose(
      '  frontend:\n    <<: *d\n    build: ../frontend\n',
      `x-d: &d\n${LIMITED.replaceAll(/^ {2}/gm, '')}`,
    ),
    closed: true,
  },
  'the oldest keys limit both': {
    files: compose(`${FRONTEND}    mem_limit: 1g\n    cpu_quota: 150000\n`),
    closed: true,
  },
  'older keys limit both': { files: compose(`${FRONTEND}    mem_limit: 1g\n    cpus: 1.5\n`), closed: true },
  'one file and no deploy script': {
    files: { ...APP, 'deploy.sh': '', 'compose.yaml': 'services:\n  web:\n    build: ./frontend\n' },
    open: ['no-limits'],
  },
  'several files and nothing says which': {
    files: {
      ...APP,
      'deploy.sh': '',
      'compose.a.yml': 'services:\n  web:\n    build: ./frontend\n',
      'compose.b.yml': 'services:\n  site:\n    build: ./frontend\n',
    },
    unknown: true,
  },
  'services come from an include that is not here': {
    files: { ...APP, 'infra/compose.prod.yml': 'include:\n  - base.yml\nservices: {}\n' },
    unknown: true,
  },
  'services come from an include': {
    files: {
      ...APP,
      'infra/compose.prod.yml': 'include:\n  - path: parts/web.yml\nservices: {}\n',
      'infra/parts/web.yml': 'services:\n  frontend:\n    build: ../../frontend\n',
    },
    open: ['no-limits'],
  },
  'what is included is limited': {
    files: {
      ...APP,
      'infra/compose.prod.yml': 'include:\n  - parts/web.yml\n',
      'infra/parts/web.yml': `services:\n  frontend:\n    build: ../../frontend\n${LIMITED}`,
    },
    closed: true,
  },
  'no Compose file': { files: { 'package.json': '{}' }, notApplicable: true },
  'only databases run in containers': {
    files: { 'package.json': '{}', 'compose.yml': 'services:\n  db:\n    image: postgres\n' },
    notApplicable: true,
  },
});
