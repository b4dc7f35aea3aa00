import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import gap from '../../gaps/gap-012-rollback-procedure/index.ts';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import type { Tree } from '../harness/trees.ts';
import { fixIn } from '../harness/verbs.ts';
import { describeWith } from '../programs.ts';

const PROOF = resolve('templates/gap-012-rollback-procedure/proof');
const STACK = 'infra/compose.prod.yml';
const SHOP: Tree = {
  'deploy.sh': `#!/bin/bash
set -euo pipefail
cd "$(dirname "$0")"
. infra/.env.production.example >/dev/null 2>&1 || true
docker compose -f ${STACK} build
docker compose -f ${STACK} up -d
docker image prune -a -f --filter until=48h
`,
  [STACK]: `name: shop
services:
  web:
    build: ../web
    healthcheck: { test: ["CMD", "true"] }
  api:
    build: ../api
    image: shop/api
  proxy:
    image: nginx:1.27
`,
  'infra/.env.production.example': 'TOKEN=\n',
  'scripts/restore.sh': '#!/bin/bash\n',
  'scripts/backup.sh': '#!/bin/bash\n',
};
const SERVICES = `web\tyes\tshop-web:\${RELEASE:-latest}\t\tyes
api\tyes\tshop/api:\${RELEASE:-latest}\t\tno
proxy\tno\tnginx:1.27\t\tno
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A checkout with everything that the gap writes; `change` breaks one of its files. */
function checkout(file?: string, change: (text: string) => string = (text) => text): string {
  const root = mkdtempSync(join(tmpdir(), 'rollback-drill-'));
  folders.push(root);
  const files = new Map(Object.entries(SHOP));
  for (const edit of fixIn(gap, createRepo(memorySource(SHOP))).edits) {
    const before = files.get(edit.path) ?? '';
    if (edit.kind === 'create') files.set(edit.path, edit.text);
    if (edit.kind === 'splice') files.set(edit.path, applySpans(edit.path, before, edit.spans));
  }
  if (file !== undefined) {
    const before = files.get(file) ?? '';
    expect(change(before), 'the change hits something').not.toBe(before);
    files.set(file, change(before));
  }
  for (const [path, text] of files) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
    if (path.endsWith('.sh')) chmodSync(join(root, path), 0o755);
  }
  writeFileSync(join(root, 'services'), SERVICES);
  return root;
}

function drill(scenario: string, root: string): { readonly status: number | null; readonly said: string } {
  const args = [join(PROOF, 'drill.sh'), root, join(root, 'services'), join(PROOF, 'docker'), 'deploy.sh'];
  const { status, stdout, stderr } = spawnSync('bash', [...args, scenario, STACK], {
    encoding: 'utf8',
    timeout: 200_000,
    killSignal: 'SIGKILL',
  });
  return { status, said: stdout + stderr };
}

const COMMON = 'scripts/release-common.sh';
const RUNBOOK = 'docs/deployment-runbook.md';

describeWith(['bash', 'flock'], 'the drill', () => {
  test('holds for deployments, rollbacks and an emergency', () => {
    const { status, said } = drill('releases', checkout());
    expect(said).not.toContain('missing\t');
    expect(status).toBe(0);
    for (const seen of ['roll back\tA runs', 'without RELEASE\tA runs', 'everything down, data restored'])
      expect(said).toContain(seen);
  }, 220_000);

  test('holds for every failure', () => {
    const { status, said } = drill('failures', checkout());
    expect(said).not.toContain('missing\t');
    expect(status).toBe(0);
    for (const seen of ['that breaks\tB runs', 'build that fails\tB', 'nearly full\tB', 'SIGKILL', 'SIGTERM'])
      expect(said).toContain(seen);
  }, 220_000);

  test.each([
    ['a release that was taken back is not gone back to', 'fled', 'taken back before it\tA runs'],
    ['one service was taken back before the rest', 'by_service', 'was taken back to it\tA runs'],
    ['the release before does not work at first', 'no_help', 'did not work at first\tA runs'],
    ['a rollback is repeated by its name', 'repeated', 'Compose files of then\tB runs'],
  ])(
    'never goes forward: %s',
    (_, scenario, seen) => {
      const { status, said } = drill(scenario, checkout());
      expect(said).not.toContain('missing\t');
      expect(status).toBe(0);
      expect(said).toContain(seen);
    },
    60_000,
  );

  test.each([
    ['what answers visitors', 'front', 'deployed while the stack before still started'],
    ['an image that is missing', 'no_image', 'an image that is gone'],
  ])(
    'does not look away from %s',
    (_, scenario, seen) => {
      const { status, said } = drill(scenario, checkout());
      expect(said).not.toContain('missing\t');
      expect(status).toBe(0);
      expect(said).toContain(seen);
    },
    60_000,
  );

  const without = (line: string) => (text: string) => text.replace(line, '');
  test.each<readonly [what: string, scenario: string, file: string, change: (text: string) => string]>([
    ['the rollback leaves its step out', 'releases', RUNBOOK, without('\nscripts/rollback.sh\n')],
    ['the emergency restores nothing', 'releases', RUNBOOK, without('scripts/restore.sh "$archive"\n')],
    [
      'latest stays what it was',
      'releases',
      COMMON,
      (text) => text.replace(` docker tag "$image:$1" "$image:latest" || return 1;`, ' true;'),
    ],
    [
      'the deploy script deletes the releases',
      'releases',
      'deploy.sh',
      without(' --filter "label!=com.docker.compose.project=shop"'),
    ],
    ['the images carry no release', 'releases', COMMON, without('  export RELEASE\n')],
    [
      'nothing waits for the containers',
      'failures',
      COMMON,
      without('  release_wait "$RELEASE" || exit 1\n'),
    ],
    ['nothing starts the release before', 'failures', COMMON, without('    release_go_back || true\n')],
    [
      'nobody locks',
      'failures',
      COMMON,
      without(`  flock --nonblock 8 || release_die 'another deployment or rollback is running'\n`),
    ],
    [
      'a deployment that was cut short counts',
      'failures',
      COMMON,
      without('  release_note "$RELEASE" begun\n'),
    ],
  ])(
    'fails where %s',
    (_, scenario, file, change) => {
      const { status, said } = drill(scenario, checkout(file, change));
      expect(said).toContain('missing\t');
      expect(status).toBe(1);
    },
    220_000,
  );

  test('the fix writes what the drill reads', () => {
    const root = checkout();
    expect(readFileSync(join(root, STACK), 'utf8')).toContain('image: shop-web:${RELEASE:-latest}');
    expect(readFileSync(join(root, STACK), 'utf8')).toContain('image: shop/api:${RELEASE:-latest}');
  });
});
