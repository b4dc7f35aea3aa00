import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const DEPLOY =
  'docker compose -f docker-compose.prod.yml build\ndocker compose -f docker-compose.prod.yml up -d\n';
const BUILT = 'services:\n  web:\n    build: ./web\n  redis:\n    image: redis:7\n';
const VERSIONED = BUILT.replace('build: ./web', 'build: ./web\n    image: shop-web:${RELEASE:-latest}');
/** A script that can be told what a release is. */
const BASH = `#!/usr/bin/env bash
set -euo pipefail

stack=infra/compose.prod.yml

docker compose -f "$stack" build --pull
docker compose -f "$stack" up -d
echo 'up'
`;
const SHOP = `name: shop

services:
  proxy:
    image: nginx:1.27
    depends_on:
      web:
        condition: service_healthy

  # The shop itself
  web:
    build:
      context: ../web
    # Answers when the database does
    healthcheck:
      test: ["CMD", "true"]
    volumes:
      - uploads:/app/uploads

  worker:
    build: ../worker
    image: "registry.example.com/shop/worker"

  mailer:
    image: registry.example.com/shop/worker
    command: mail

volumes:
  uploads:
`;

function shop(more: Tree = {}, script = BASH, stack = SHOP): Tree {
  return { 'deploy.sh': script, 'infra/compose.prod.yml': stack, ...more };
}

const CLOUD_BUILD = `steps:
  - name: gcr.io/cloud-builders/gcloud
    args:
      - run
      - deploy
      - shop-web
      - --image=\${_REGION}-docker.pkg.dev/\${PROJECT_ID}/shop/web:\${SHORT_SHA}
      - --region=\${_REGION}
substitutions:
  _REGION: europe-west1
`;

const STEPS = `# Deployment

## Rollback

Find the release that ran before in the list of images, then start it again and look at the health page.

\`\`\`sh
RELEASE=abc1234 docker compose -f docker-compose.prod.yml up -d --no-build web
\`\`\`
`;

const POLICIES = `# Policies

## Usage

### Rollback

~~~ts
await policies.rollback('workspace', id, version, 'Reverting because of a bill');
~~~

It takes the version before the one that is in force, says why, and writes both to the history of the workspace.
`;

const LEDGER_RUNBOOK = `# Ledger runbook

## Backup and recovery

### Policy Rollback

1. Go to /admin/policies on the server.
2. Choose the version that was in force before.
3. Press the button and give a reason to all services.
`;

const CHAT = `# Going live

**User:** How do we roll back?

**Assistant:** Like this:

## Rollback

~~~sh
docker compose up -d --no-build web
~~~

Then look at the page until it answers again, and tell the others that the release before is in service.
`;

/** What a document says that is called otherwise. */
function titled(title: string): string {
  return STEPS.replace('# Deployment', `# ${title}`);
}

const EXAMPLE = `${STEPS}
For example, with a file of your own:

~~~sh
./scripts/my-rollback.sh abc1234
docker compose -f my-stack.yml up -d shop
~~~

The health check of the stack should look as it did:

~~~yaml
healthcheck:
  test: ./scripts/probe.sh
~~~
`;

function server(more: Tree, compose = VERSIONED): Tree {
  return { 'deploy.sh': DEPLOY, 'docker-compose.prod.yml': compose, ...more };
}

testGap(gap, import.meta.url, {
  // Open in its ways.
  'a script deploys and nobody wrote down the way back': {
    files: server({}),
    open: ['no-procedure'],
    manual: true,
  },
  'images are built over each other': {
    files: server({ 'docs/deployment.md': STEPS }, BUILT),
    open: ['image-overwritten'],
    manual: true,
  },
  'the image is called latest': {
    files: server(
      { 'docs/deployment.md': STEPS },
      BUILT.replace('build: ./web', 'build: ./web\n    image: shop-web:latest'),
    ),
    open: ['image-overwritten'],
    manual: true,
  },
  'Cloud Build deploys': {
    files: { 'cloudbuild.yaml': 'steps: []\n' },
    open: ['no-procedure'],
    manual: true,
  },
  'one of two hosts keeps nothing': {
    files: { 'web/vercel.json': '{}', 'api/fly.toml': 'app = "api"\n' },
    open: ['no-procedure'],
    manual: true,
  },
  // Closed by edits.
  'a script builds a stack in place and starts it': {
    files: shop({
      'cloudbuild.yaml': CLOUD_BUILD,
      'worker/migrations/001.sql': 'CREATE TABLE a (b INTEGER);\n',
      'web/vercel.json': '{}',
    }),
    open: ['no-procedure', 'image-overwritten', 'image-overwritten'],
  },
  'through a function, in a folder of its own, with backups and an env file': {
    files: {
      'ops/deploy.sh': `#!/bin/bash
# Deploys.
in_stack() { docker compose -f infra/compose.prod.yml --env-file infra/.env.production "$@"; }
main() {
  in_stack up -d --build
  docker system prune -af
}
main "$@"
`,
      'infra/compose.prod.yml': SHOP,
      'infra/.env.production.example': 'TOKEN=\n',
      'scripts/backup.sh': '#!/bin/sh\ntar -cf backup.tar data\n',
      'scripts/restore.sh': '#!/bin/sh\ntar -xf "$1"\n',
      '.gitignore': '/.releases/\n',
    },
    open: ['no-procedure', 'image-overwritten', 'image-overwritten', 'releases-pruned'],
  },
  'the releases are deleted with every deployment': {
    files: shop(
      { 'docs/deployment.md': STEPS.replaceAll('docker-compose.prod.yml', 'infra/compose.prod.yml') },
      `${BASH}docker image prune -a -f --filter "until=48h" || true\n`,
      SHOP.replace('context: ../web', 'context: ../web\n    image: shop-web:${RELEASE:-latest}').replace(
        'worker"',
        'worker:${RELEASE:-latest}"',
      ),
    ),
    open: ['releases-pruned'],
  },
  // Shapes that are not known get steps.
  'the script ends in a trap of its own': {
    files: shop({ 'docs/deployment.md': STEPS }, BASH.replace('stack=', 'trap cleanup EXIT\nstack=')),
    open: ['dead-reference', 'image-overwritten', 'image-overwritten'],
    manual: true,
  },
  'the stack is started with sudo': {
    files: shop({}, BASH.replaceAll('docker compose', 'sudo docker compose')),
    open: ['no-procedure', 'image-overwritten', 'image-overwritten'],
    manual: true,
  },
  'building and starting stand in different branches': {
    files: shop(
      {},
      BASH.replace(
        'docker compose -f "$stack" build',
        'if true; then\n  docker compose -f "$stack" build',
      ).replace('--pull', '--pull\nfi'),
    ),
    open: ['no-procedure', 'image-overwritten', 'image-overwritten'],
    manual: true,
  },
  'the stack is started under the name of a project': {
    files: shop({}, BASH.replaceAll('-f "$stack"', '-p shop2 -f "$stack"')),
    open: ['no-procedure', 'image-overwritten', 'image-overwritten'],
    manual: true,
  },
  'RELEASE means something else already': {
    files: shop({}, BASH, SHOP.replace('command: mail', 'command: mail ${RELEASE}')),
    open: ['no-procedure', 'image-overwritten', 'image-overwritten'],
    manual: true,
  },
  'a script of that name is there already': {
    files: shop({ 'scripts/release-common.sh': 'echo mine\n' }),
    open: ['no-procedure', 'image-overwritten', 'image-overwritten'],
    manual: true,
  },
  'what Cloud Build pushes is not what the stack builds': {
    files: shop(
      {
        'cloudbuild.yaml': CLOUD_BUILD.replace('/shop/web:', '/shop/web:'),
        'docs/deployment.md': STEPS.replaceAll('docker-compose.prod.yml', 'infra/compose.prod.yml'),
      },
      BASH.replace('set -euo', 'trap x EXIT\nset -euo'),
    ),
    open: ['image-overwritten', 'image-overwritten'],
    manual: true,
  },
  // Looks closed.
  'a heading and nothing below it': {
    files: server({ 'docs/runbook.md': '# Runbook\n\n## Rollback\n\nTBD\n' }),
    open: ['no-procedure'],
    manual: true,
  },
  'a list of what should be done one day': {
    files: server({
      'docs/audit.md': [1, 2, 3, 4, 5]
        .map((each) => `## GAP-00${each}: Rollback gap\n\n1. docker compose up -d the old one\n`)
        .join('\n'),
    }),
    open: ['no-procedure'],
    manual: true,
  },
  'a feature of the product is called that': {
    files: server({
      'packages/sdk/README.md':
        '# SDK\n\n## Credit (Rollback)\n\nCalls the API to give back the amount that was booked: `npm install sdk`, then `sdk.credit()`.\n\n- one thing that is long enough\n- another that is long enough\n- a third that is long enough\n',
    }),
    open: ['no-procedure'],
    manual: true,
  },
  'the way back names what is not there': {
    files: server({
      'docs/deployment.md': STEPS.replace(
        'docker compose -f docker-compose.prod.yml up -d --no-build web',
        './scripts/back.sh\ndocker compose restart frontend',
      ),
    }),
    open: ['dead-reference', 'dead-reference'],
    manual: true,
  },
  'a policy of the product is rolled back': {
    files: server({ 'docs/policies.md': POLICIES, 'docs/runbook.md': LEDGER_RUNBOOK }),
    open: ['no-procedure'],
    manual: true,
  },
  'what a task, an agent, a status report and a chat say of it': {
    files: server({
      'docs/tasks.md': titled('Product requirements: faster releases'),
      'docs/agent-rules.md': titled('Rules'),
      'docs/weekly.md': titled('Status report, week 12'),
      'docs/going-live.md': CHAT,
    }),
    open: ['no-procedure'],
    manual: true,
  },
  // Closed in its ways.
  "the runbook's own path comes before all others": {
    files: server({
      'docs/a-first-try.md': STEPS.replace('docker compose', './scripts/gone.sh\ndocker compose'),
      'docs/deployment-runbook.md': STEPS,
    }),
    closed: true,
  },
  'examples and blocks that are no commands name nothing': {
    files: server({ 'docs/deployment.md': EXAMPLE }),
    closed: true,
  },
  'a section with commands': { files: server({ 'docs/deployment.md': STEPS }), closed: true },
  'a section with steps in words': {
    files: server({
      'RUNBOOK.rst':
        'Rolling back\n============\n\n1. Open the console and choose the service.\n2. Choose the revision that ran before.\n3. Send all of the traffic to that revision.\n',
    }),
    closed: true,
  },
  'a script goes back': {
    files: server({ 'scripts/rollback.sh': '#!/bin/sh\ndocker compose up -d --no-build\n' }),
    closed: true,
  },
  'a target of a Makefile goes back': {
    files: server({
      Makefile: 'deploy:\n\t./deploy.sh\n\nrollback:\n\tRELEASE=$(TO) docker compose up -d --no-build\n',
    }),
    closed: true,
  },
  'the deploy script keeps one image of two': {
    files: server(
      {
        'deploy.sh': `docker tag web web:$(git rev-parse HEAD)\n${DEPLOY}`,
        'docs/deployment.md': STEPS,
      },
      `${BUILT}  worker:\n    build: ./worker\n`,
    ),
    open: ['image-overwritten'],
    manual: true,
  },
  'the deploy script keeps the image that ran': {
    files: server(
      { 'deploy.sh': `docker tag web web:$(git rev-parse HEAD)\n${DEPLOY}`, 'docs/deployment.md': STEPS },
      BUILT,
    ),
    closed: true,
  },
  'Vercel goes back by itself': { files: { 'vercel.json': '{}' }, closed: true },
  'each of two hosts does': {
    files: { 'web/vercel.json': '{}', 'api/railway.json': '{}' },
    closed: true,
  },
  // Not there.
  'a library': { files: { 'package.json': '{ "name": "lib" }' }, notApplicable: true },
  'a stack for developers': { files: { 'docker-compose.yml': BUILT }, notApplicable: true },
});
