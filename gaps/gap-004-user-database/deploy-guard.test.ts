import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applySpans } from '../../src/edit/spans.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { findingsIn, fixIn } from '../../test/harness/verbs.ts';
import { placeBefore } from './apply/environment/guard-place.ts';
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

interface Deployed {
  readonly example?: string;
  readonly codes?: readonly string[];
}

function scriptFrom(script: string, { example, codes = ['blank-environment'] }: Deployed = {}): string {
  const more = example === undefined ? {} : { 'infra/.env.production.example': example };
  const repo = createRepo(memorySource({ ...SAMPLE, 'deploy.sh': `#!/bin/sh\nset -eu\n${script}`, ...more }));
  const wanted = findingsIn(gap, repo).filter(({ code }) => codes.includes(code));
  const { edits } = fixIn(gap, repo, wanted);
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

  function run(script: string, files: Readonly<Record<string, string>>, deployed: Deployed = {}) {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'infra', path), text);
    writeFileSync(join(folder, 'deploy.sh'), scriptFrom(script, deployed));
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

  test.each([NAMED, RELATIVE])(
    'stops while Compose would pass over what .env sets, and names it',
    (script) => {
      const old =
        '# OWN=1\nREDIS_PASSWORD=own\nLOG_LEVEL=\nCORS_ORIGIN=x\nNEXTAUTH_SECRET=old\nNOT_OF_THE_STACK=1\n';
      const { status, said } = run(script, { '.env.production': `${GOOD}REDIS_PASSWORD=\n`, '.env': old });
      expect(status).toBe(1);
      expect(said).not.toContain('called');
      expect(said).toMatch(
        /no longer reads \S*infra\/\.env\. Copy these from it to \S*\.env\.production, or remove them from it: CORS_ORIGIN NEXTAUTH_SECRET REDIS_PASSWORD\n/,
      );
    },
  );

  test('runs beside an .env of which everything is copied', () => {
    const files = {
      '.env.production': `${GOOD}REDIS_PASSWORD=own\n`,
      '.env': 'REDIS_PASSWORD=own\nA_TOKEN=\n',
    };
    expect(run(NAMED, files)).toMatchObject({ status: 0, said: expect.stringContaining('called') });
  });

  test.each([
    '',
    'NEXTAUTH_SECRET=\n',
    'NEXTAUTH_SECRET=""\n',
    "NEXTAUTH_SECRET='generate-a-random-secret'\n",
    'NEXTAUTH_SECRET=generate-a-random-secret\n',
    'NEXTAUTH_SECRET=generate-a-random-secret \n',
    'NEXTAUTH_SECRET=generate-a-random-secret # openssl rand -hex 32\n',
    'NEXTAUTH_SECRET= # openssl rand -hex 32\n',
    'NEXTAUTH_SECRET=generate-a-random-secret\r\n',
    '# NEXTAUTH_SECRET=7c1d\n',
    'NEXTAUTH_SECRET= generate-a-random-secret\n',
    'export NEXTAUTH_SECRET = "generate-a-random-secret"\n',
    'NEXTAUTH_SECRET=" "\n',
    'NEXTAUTH_SECRET=7c1d\nNEXTAUTH_SECRET=\n',
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

  test.each(['change-me', 'changeme', 'CHANGE_ME', 'generate-with-openssl', 'replace this'])(
    'stops with another secret that is still the %s of the example',
    (value) => {
      const example = `NEXTAUTH_SECRET=\nAN_API_KEY=${value}\nNAME=change-me\n`;
      const { status, said } = run(
        NAMED,
        { '.env.production': `${GOOD}AN_API_KEY="${value}"\n` },
        { example },
      );
      expect(status).toBe(1);
      expect(said).toMatch(/oh: Set AN_API_KEY in /);
      for (const own of ['', 'AN_API_KEY=\n', 'AN_API_KEY=7c1d\n', 'NAME=change-me\n'])
        expect(run(NAMED, { '.env.production': GOOD + own }, { example }).status).toBe(0);
    },
  );

  test.each(['pk_test_published', 'your-key', '/run/secrets/key', 'random', 'changes'])(
    'passes over %s, which asks for no other value',
    (value) => {
      const example = `NEXTAUTH_SECRET=\nAN_API_KEY=${value}\n`;
      expect(run(NAMED, { '.env.production': `${GOOD}AN_API_KEY=${value}\n` }, { example }).status).toBe(0);
    },
  );

  test.each([
    ['NEXTAUTH_URL', 'https://yourdomain.com'],
    ['NEXTAUTH_URL', 'https://app.example.com'],
    ['OWNER_EMAILS', 'your@email.com'],
  ])('stops while %s is the %s of the example', (name, value) => {
    const example = `NEXTAUTH_SECRET=\n${name}=${value}\n`;
    const { status, said } = run(NAMED, { '.env.production': `${GOOD}${name}=${value}\n` }, { example });
    expect(status).toBe(1);
    expect(said).toContain(`oh: Set ${name} in `);
    expect(run(NAMED, { '.env.production': `${GOOD}${name}=https://aims.dev\n` }, { example }).status).toBe(
      0,
    );
  });

  test.each([
    'export NEXTAUTH_URL="https://yourdomain.com/"\n',
    'NEXTAUTH_URL = http://yourdomain.com # later\n',
    'OWNER_EMAILS=me@aims.dev,your@email.com\n',
  ])('stops at it in another spelling: %j', (text) => {
    const example = 'NEXTAUTH_SECRET=\nNEXTAUTH_URL=https://yourdomain.com\nOWNER_EMAILS=your@email.com\n';
    const { status, said } = run(NAMED, { '.env.production': GOOD + text }, { example });
    expect(status).toBe(1);
    expect(said).toMatch(/oh: Set (?:NEXTAUTH_URL|OWNER_EMAILS) in \S+: \S+ is only the example's\./);
  });

  test.each([
    ['REDIS_PASSWORD=own\n', 'REDIS_PASSWORD=""\n'],
    ['REDIS_PASSWORD=own\n', 'REDIS_PASSWORD=\r\n'],
    ['REDIS_PASSWORD=own\n', 'REDIS_PASSWORD= # none\n'],
    ['export REDIS_PASSWORD = own\n', ''],
    ['REDIS_PASSWORD=own\n', 'REDIS_PASSWORD=another\n'],
  ])('stops while .env says %j and the other file %j', (old, text) => {
    const { status, said } = run(NAMED, { '.env.production': GOOD + text, '.env': old });
    expect(status).toBe(1);
    expect(said).toContain('remove them from it: REDIS_PASSWORD\n');
  });

  test.each([
    ['REDIS_PASSWORD=""\n', ''],
    ['REDIS_PASSWORD=own\n', "export REDIS_PASSWORD='own' # kept\r\n"],
  ])('runs while .env says %j and the other file %j', (old, text) => {
    expect(run(NAMED, { '.env.production': GOOD + text, '.env': old }).status).toBe(0);
  });

  test('passes an address that the example has because it is the real one', () => {
    const text = `${GOOD}NEXTAUTH_URL=https://plugmein.cloud\n`;
    expect(run(NAMED, { '.env.production': text }, { example: text.replace('7c1d', '') }).status).toBe(0);
  });

  describe('of an app that keeps its users from now on', () => {
    const users = { codes: ['no-user-store', 'any-password', 'blank-environment'] };

    test.each(['', 'SIGN_UP=\n', 'SIGN_UP=yes\n', '# SIGN_UP=open\n'])(
      'stops without a word on sign-up: %j',
      (text) => {
        const { status, said } = run(NAMED, { '.env.production': GOOD + text }, users);
        expect(status).toBe(1);
        expect(said).toMatch(/oh: Set SIGN_UP in \S+ to open or closed/);
      },
    );

    test.each(['SIGN_UP=open\n', 'SIGN_UP="closed" # for now\n'])('runs with one: %j', (text) => {
      expect(run(NAMED, { '.env.production': GOOD + text }, users).status).toBe(0);
    });
  });

  test('the first run still copies the example', () => {
    expect(run(NAMED, { '.env.production.example': GOOD })).toMatchObject({ status: 3 });
  });

  test('a comment stays with its command', () => {
    expect(scriptFrom(NAMED)).toMatch(/esac\n\n# Starts everything\ndocker compose/);
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
