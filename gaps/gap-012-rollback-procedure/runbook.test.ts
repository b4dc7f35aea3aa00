import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { template } from '../../src/repo/templates.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { fixIn } from '../../test/harness/verbs.ts';
import { testWith } from '../../test/programs.ts';
import gap from './index.ts';
import { COMMON, GAP, ROLLBACK, RUNBOOK } from './tables.ts';

const SHOP: Tree = {
  'deploy.sh':
    '#!/bin/bash\nset -e\n# options: $1\ndocker compose -f compose.prod.yml build\ndocker compose -f compose.prod.yml up -d\n',
  'compose.prod.yml':
    'name: shop\nservices:\n  web:\n    build: ./web\n    volumes: ["files:/files"]\n  db:\n    image: postgres:16\nvolumes:\n  files:\n',
};

function created(tree: Tree, path: string): string {
  const edit = fixIn(gap, createRepo(memorySource(tree))).edits.find((each) => each.path === path);
  return edit?.kind === 'create' ? edit.text : '';
}

function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
}

const CLOUD = `steps:
  - args: [run, deploy, shop-web, '--region=\${_WHERE}']
  - args: [run, deploy, shop-api, --region, europe-west1]
substitutions: { _WHERE: europe-west1 }
`;
const MANY: Tree = {
  ...SHOP,
  'cloudbuild.yaml': CLOUD,
  'scripts/backup.sh': '#!/bin/bash\n',
  'scripts/restore.sh': '#!/bin/bash\n',
  'infra/setup.sh': 'git clone https://example.com/shop.git /srv/shop\n',
  'web/prisma/migrations/001_users/migration.sql': 'CREATE TABLE users (id INTEGER);\n',
  '.github/workflows/deploy.yml': 'name: Deploy\non:\n  workflow_dispatch:\njobs: {}\n',
};

test('every way into service is named, with its way back', () => {
  const text = created(MANY, RUNBOOK);
  expect(text).toContain('| `cloudbuild.yaml` | puts `shop-web` and `shop-api` on Cloud Run |');
  expect(text).toContain(
    '| `.github/workflows/deploy.yml` | builds, and deploys nothing, when it is started by hand |',
  );
  expect(text).toContain('gcloud run revisions list --service=shop-web --region=europe-west1');
  expect(text).toContain('gcloud run services update-traffic shop-api --region=europe-west1 --to-latest');
  expect(created(SHOP, RUNBOOK)).not.toContain('Cloud Run');
});

test('what is not in the repository is not in the document', () => {
  const [bare, full] = [created(SHOP, RUNBOOK), created(MANY, RUNBOOK)];
  expect(bare).not.toContain('scripts/restore.sh');
  expect(bare).toContain('Nothing in this repository restores a backup');
  expect(bare).not.toContain('/srv/shop');
  expect(full).toContain('scripts/restore.sh "$archive"');
  expect(full).toContain('`/srv/shop`');
  expect(full).toContain('`web` (`web/prisma/migrations`). None of them has a way back down');
  expect(full).toMatch(/keeps the\s+volumes \(`files`\)/);
  for (const text of [bare, full]) expect(text).not.toMatch(/\{\{|undefined|\n\n\n/);
});

test('every file that a command names is there, or comes with it', () => {
  for (const tree of [SHOP, MANY]) {
    const there = new Set([...Object.keys(tree), COMMON, ROLLBACK]);
    const named = blocksOf(created(tree, RUNBOOK)).flatMap((block) =>
      [...block.matchAll(/(?:^|[\s=])(?:\.\/)?([\w./-]+\.(?:sh|ya?ml))(?=\s|$)/gm)].map(
        ([, path = '']) => path,
      ),
    );
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((path) => !there.has(path))).toEqual([]);
  }
});

testWith(
  ['bash', 'shellcheck'],
  'every block and every script passes bash -n and shellcheck',
  () => {
    const common = created(SHOP, COMMON);
    // It is read in where the script begins.
    const scripts = [common, `${common}\n${created(SHOP, ROLLBACK)}`];
    const proof = ['docker', 'drill.sh'].map((file) => template(`${GAP}/proof/${file}`));
    const blocks = [SHOP, MANY].flatMap((tree) => blocksOf(created(tree, RUNBOOK)));
    for (const input of [...blocks, ...scripts, ...proof])
      for (const args of [
        ['bash', '-n'],
        ['shellcheck', '--shell=bash', '--exclude=SC1091', '-'],
      ]) {
        const [program = '', ...rest] = args;
        const { status, stdout, stderr } = spawnSync(program, rest, { input, encoding: 'utf8' });
        expect(`${stdout}${stderr}`).toBe('');
        expect(status).toBe(0);
      }
  },
  60_000,
);

test('the scripts know the images and the stack', () => {
  const text = created(SHOP, COMMON);
  expect(text).toContain("release_images=(\n  'web shop-web'\n)\n");
  expect(text).toContain('docker compose -f "$release_root/compose.prod.yml" "$@" </dev/null');
});

test('what answers visitors is what takes the ports of the web, or else the front end', () => {
  const front = (services: string) =>
    /^release_front='(.*)'$/m.exec(created({ ...SHOP, 'compose.prod.yml': services }, COMMON))?.[1];
  const web = 'services:\n  web:\n    build: ./web\n  edge:\n    build: ./edge\n';
  expect(front(web)).toBe(' web ');
  expect(front(`${web}    ports: ["443:443"]\n`)).toBe(' edge ');
  expect(front(`${web}    ports: ["\${HTTP:-80}:8080/tcp"]\n`)).toBe(' edge ');
  expect(front(`${web}    ports: [{ target: 8080, published: 80 }]\n`)).toBe(' edge ');
  expect(front(`${web}    ports: ["8443:443"]\n`)).toBe(' web ');
});

test('what a trigger of Cloud Build would fill in is handed over', () => {
  const submit = (more: string) =>
    /^gcloud builds submit.*$/m.exec(
      created({ ...SHOP, 'cloudbuild.yaml': `${CLOUD}images: [${more}]\n` }, RUNBOOK),
    )?.[0];
  const command = 'gcloud builds submit --config=cloudbuild.yaml';
  expect(submit("'shop:${SHORT_SHA}'")).toBe(
    `${command} --substitutions="SHORT_SHA=$(git rev-parse --short HEAD)"`,
  );
  expect(submit("'shop:$COMMIT_SHA'")).toBe(`${command} --substitutions="COMMIT_SHA=$(git rev-parse HEAD)"`);
  expect(submit("'shop:${_SHORT_SHA}', 'shop:$$SHORT_SHA'")).toBe(command);
});

test('nginx is told of a new container behind it', () => {
  const stack = (more: string) =>
    created({ ...SHOP, 'compose.prod.yml': `services:\n  web:\n    build: ./web\n${more}` }, RUNBOOK);
  const reload = 'docker compose -f compose.prod.yml exec -T edge nginx -s reload\n';
  expect(stack('  edge:\n    image: nginx:1.27\n')).toContain(`--force-recreate web\n${reload}`);
  expect(stack('  edge:\n    image: caddy:2\n')).not.toContain('reload');
});
