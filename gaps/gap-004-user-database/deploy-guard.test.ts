import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { placeBefore } from './guard-place.ts';
import gap from './index.ts';
import { SAMPLE } from './testing/sample.ts';

const STACK = 'infra/docker-compose.prod.yml';
const NAMED = `HERE="$(cd "$(dirname "$0")" && pwd)"
STACK="\${HERE}/${STACK}"
SETTINGS="\${HERE}/infra/.env.production"
error() { printf 'oh: %s\\n' "$1"; }
if [ ! -f "$SETTINGS" ]; then
    cp "$SETTINGS.example" "$SETTINGS"
    exit 3
fi
# Starts everything
docker compose -f "\${STACK}" up -d
`;

function scriptFrom(script: string): string {
  const repo = createRepo(memorySource({ ...SAMPLE, 'deploy.sh': `#!/bin/sh\nset -eu\n${script}` }));
  const detection = gap.detect(repo);
  const findings = detection.kind === 'findings' ? detection.findings : [];
  const { edits } = gap.apply(
    repo,
    findings.filter(({ code }) => code === 'blank-environment'),
    {},
  );
  const edit = edits.find(({ path }) => path === 'deploy.sh');
  return edit?.kind === 'splice' ? applySpans('deploy.sh', repo.text('deploy.sh'), edit.spans) : '';
}

describe('the deploy script', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploy-guard-'));
    mkdirSync(join(folder, 'infra'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/docker'), '#!/bin/sh\necho "called: $*"\n');
    chmodSync(join(folder, 'bin/docker'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(script: string, files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'infra', path), text);
    writeFileSync(join(folder, 'deploy.sh'), scriptFrom(script));
    const PATH = `${join(folder, 'bin')}:${process.env.PATH}`;
    const { status, stdout, stderr } = spawnSync('sh', ['deploy.sh'], {
      cwd: folder,
      env: { PATH },
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  }

  const GOOD = 'NEXTAUTH_SECRET=7c1d\n';
  const RELATIVE = `docker compose -f ${STACK} build\ndocker compose -f ${STACK} up -d\n`;

  test.each([NAMED, RELATIVE])('runs where all is well', (script) => {
    expect(run(script, { '.env.production': GOOD })).toMatchObject({
      status: 0,
      said: expect.stringMatching(/called: compose --env-file \S*infra\/\.env\.production -f \S+ up -d/),
    });
  });

  test.each([NAMED, RELATIVE])('stops while Compose would pass over an .env', (script) => {
    const { status, said } = run(script, { '.env.production': GOOD, '.env': 'REDIS_PASSWORD=own\n' });
    expect(status).toBe(1);
    expect(said).not.toContain('called');
    expect(said).toMatch(/Move the lines of \S*infra\/\.env to \S*infra\/\.env\.production/);
  });

  test.each([
    '',
    'NEXTAUTH_SECRET=\n',
    'NEXTAUTH_SECRET=""\n',
    "NEXTAUTH_SECRET='generate-a-random-secret'\n",
    'NEXTAUTH_SECRET=generate-a-random-secret\n',
    'NEXTAUTH_SECRET=generate-a-random-secret \n',
    'NEXTAUTH_SECRET=generate-a-random-secret\r\n',
    '# NEXTAUTH_SECRET=7c1d\n',
  ])('stops without a secret of its own: %j', (text) => {
    const { status, said } = run(NAMED, { '.env.production': text });
    expect(status).toBe(1);
    expect(said).not.toContain('called');
    expect(said).toMatch(/oh: Set NEXTAUTH_SECRET in \S*infra\/\.env\.production .*openssl rand -hex 32/);
  });

  test('a secret that only begins like that of the example is one', () => {
    const files = { '.env.production': 'NEXTAUTH_SECRET=generate-a-random-secret-7c1d\n' };
    expect(run(NAMED, files).status).toBe(0);
  });

  test('the first run still copies the example', () => {
    expect(run(NAMED, { '.env.production.example': GOOD })).toMatchObject({ status: 3 });
  });

  test('a comment stays with its command', () => {
    expect(scriptFrom(NAMED)).toMatch(/fi\n\n# Starts everything\ndocker compose/);
  });
});

describe('the place', () => {
  const lineAt = (script: string, word = '"$F"') => {
    const place = placeBefore(script, script.indexOf('docker'), [word]);
    return place === undefined ? undefined : script.slice(place).split('\n')[0];
  };

  test.each([
    ['docker compose up\n', 'docker compose up'],
    ['if x; then\n  docker compose up\nfi\n', 'if x; then'],
    ['if x; then\n  a\nelse\n  docker compose up\nfi\n', 'if x; then'],
    ['echo a |\n  docker compose up\n', 'echo a |'],
    ['case $1 in\n  up) docker compose up ;;\nesac\n', 'case $1 in'],
    ['c() { docker compose "$@"; }\nF=a\nc up\n', 'c up'],
    ['c() {\n  docker compose "$@"\n}\n\n# Builds\nc build\nc up\n', '# Builds'],
    ['h(){ echo "$1"; }\nF=a\ndocker compose up\n', 'docker compose up'],
    ['if x; then\n  a <<< b\n  docker compose up\nfi\n', 'if x; then'],
    ['if a; then b; fi\nfor x in y; do z; done\nF=a\ndocker compose up\n', 'docker compose up'],
  ])('%j', (script, line) => {
    expect(lineAt(script)).toBe(line);
  });

  test.each([
    ['in an if without indentation', 'if x; then\ndocker compose up\nfi\n'],
    ['in a function that another calls', 'c() { docker compose "$@"; }\nmain() {\n  c up\n}\nmain\n'],
    ['in a function that nobody calls', 'c() { docker compose "$@"; }\n'],
    ['behind a change of the folder', 'if x; then\n  cd infra\n  docker compose up\nfi\n'],
    ['on one line with a change of the folder', 'cd infra && docker compose up\n'],
    ['behind the assignment of the file', 'if x; then\n  F=a\n  docker compose up\nfi\n'],
    ['behind a here document', 'if x; then\n  cat <<EOF\nfree\nEOF\n  docker compose up\nfi\n'],
  ])('none %s', (_, script) => {
    expect(lineAt(script)).toBeUndefined();
  });

  test('none for a word of the caller', () => {
    expect(lineAt('c() { docker compose "$2"; }\nc up x\n', '"$2"')).toBeUndefined();
  });
});
