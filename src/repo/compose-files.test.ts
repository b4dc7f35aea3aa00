import { describe, expect, test } from 'vitest';
import { createRepo } from './repo.ts';
import { memorySource } from './source.ts';

const STACK = 'services: {}\n';

/** What the layout says of each Compose file, beside a script of this text. */
function deployedBy(script: string, text: string, ...stacks: readonly string[]): readonly string[] {
  const files = Object.fromEntries(stacks.map((path) => [path, STACK]));
  const { compose } = createRepo(memorySource({ ...files, [script]: text })).layout;
  return compose.map(({ path, deployed }) => `${path} ${deployed}`);
}

describe('the Compose file that is deployed', () => {
  test('is the one that a deploy script starts', () => {
    expect(
      deployedBy(
        'deploy.sh',
        'docker compose -f compose.prod.yml up -d\n',
        'compose.yml',
        'compose.prod.yml',
      ),
    ).toEqual(['compose.prod.yml yes', 'compose.yml no']);
  });

  test('is laid over the one that a variable of a Makefile takes up', () => {
    const text =
      'DC := docker compose\nBASE := $(DC) -f compose.yml\nPROD := $(BASE) -f compose.prod.yml\n\nup:\n\t$(PROD) up -d\n\nbuild:\n\t$(BASE) build\n';
    const files = { 'compose.yml': STACK, 'compose.prod.yml': STACK, Makefile: text };
    const commands = createRepo(memorySource(files)).layout.compose.map((file) => [...file.commands.keys()]);
    expect(commands).toEqual([['Makefile:3'], ['Makefile:3']]);
  });

  test('is what a workflow that deploys starts', () => {
    const text = 'name: Deploy\njobs:\n  a:\n    steps:\n      - run: docker compose -f compose.yml up -d\n';
    expect(deployedBy('.github/workflows/main.yml', text, 'compose.yml')).toEqual(['compose.yml yes']);
  });

  test('is not what a workflow starts for its tests', () => {
    const text = 'name: Test\njobs:\n  a:\n    env:\n      FILE: compose.build.yml\n';
    expect(deployedBy('.github/workflows/pipeline.yml', text, 'compose.build.yml')).toEqual([
      'compose.build.yml unknown',
    ]);
  });

  test('is not what a job of a larger workflow tries', () => {
    const text =
      'name: CI/CD\njobs:\n  test-server:\n    env:\n      COMPOSE_FILE: compose.build.yml\n  deploy:\n    steps:\n      - run: docker compose -f compose.yml up -d\n';
    expect(deployedBy('.github/workflows/pipeline.yml', text, 'compose.build.yml', 'compose.yml')).toEqual([
      'compose.build.yml no',
      'compose.yml yes',
    ]);
  });

  test('is not what triggers a workflow', () => {
    const text = 'name: Publish\non:\n  push:\n    paths:\n      - "compose.yml"\n';
    expect(deployedBy('.github/workflows/publish.yml', text, 'compose.yml')).toEqual(['compose.yml unknown']);
  });

  test('is not what a workflow copies to try it', () => {
    const text = 'name: Publish\njobs:\n  a:\n    steps:\n      - run: cp compose.yml compose.test.yml\n';
    expect(deployedBy('.github/workflows/publish.yml', text, 'compose.yml')).toEqual(['compose.yml unknown']);
  });

  test.each([
    ['deploy', 'yes'],
    ['dev', 'unknown'],
  ])('is told by the target of a Makefile: %s', (target, answer) => {
    const text = `build:\n\techo\n\n${target}: build ## Runs it\n\tdocker compose -f compose.yml up -d\n`;
    expect(deployedBy('Makefile', text, 'compose.yml')).toEqual([`compose.yml ${answer}`]);
  });

  test('is none of those for tests and editors', () => {
    expect(
      deployedBy('README.md', '', 'cypress/compose.yml', '.devcontainer/compose.yml', '_dev/compose.yml'),
    ).toEqual([]);
  });

  test.each([
    [
      'a file of the product',
      'src/deploy-engine.ts',
      "const help = 'docker compose -f compose.yml up -d';\n",
    ],
    [
      'a script that runs nothing',
      'tools/deploy.mjs',
      "export const hint = 'docker compose -f compose.yml up';\n",
    ],
    ['an example', 'examples/deploy.sh', 'docker compose -f compose.yml up -d\n'],
    ['an echo in a Makefile', 'Makefile', 'deploy:\n\t@echo "docker compose -f compose.yml up -d"\n'],
    ['a function that prints', 'deploy.sh', 'log_step "Start: docker compose -f compose.yml up -d"\n'],
    ['a text for people', 'deploy.sh', 'cat <<EOF\nNow run\n  docker compose -f compose.yml up -d\nEOF\n'],
    ['what is taken down', 'deploy.sh', 'docker compose -f compose.yml down --remove-orphans\n'],
    ['what is built', 'release.sh', 'docker compose \\\n  -f compose.yml \\\n  build --pull\n'],
    ['what is checked', 'deploy.sh', 'docker compose -f compose.yml config -q && echo fine\n'],
  ])('is not named by %s', (_what, script, text) => {
    expect(deployedBy(script, text, 'compose.yml', 'infra/compose.a.yml')).toEqual([
      'compose.yml unknown',
      'infra/compose.a.yml unknown',
    ]);
  });

  test.each([
    [
      'a script of the tools',
      'tools/deploy.mjs',
      "import { execa } from 'execa';\nawait execa('docker', ['compose', '-f', 'compose.yml', 'up']);\n",
    ],
    ['a shell on the server', 'deploy.sh', 'ssh "$HOST" <<EOF\ndocker compose -f compose.yml up -d\nEOF\n'],
    ['a variable', 'vps-deploy.sh', 'STACK="$ROOT/compose.yml"\n'],
    ['a script without an extension', 'bin/deploy', '#!/bin/sh\ndocker compose -f compose.yml up -d\n'],
    ['an up without a file', 'deploy.sh', 'docker compose --env-file .env up -d --build\n'],
    ['an up in its folder', 'scripts/deploy.sh', 'cd /srv/app\ngit pull\ndocker-compose up -d\n'],
  ])('is named by %s', (_what, script, text) => {
    expect(deployedBy(script, text, 'compose.yml', 'infra/compose.a.yml')).toEqual([
      'compose.yml yes',
      'infra/compose.a.yml no',
    ]);
  });

  test('is with its override what an up without a file starts, in the folder that the script went to', () => {
    expect(
      deployedBy(
        'deploy.sh',
        'cd infra && docker compose up -d\n',
        'compose.yml',
        'infra/docker-compose.override.yml',
        'infra/docker-compose.yml',
      ),
    ).toEqual(['compose.yml no', 'infra/docker-compose.override.yml yes', 'infra/docker-compose.yml yes']);
  });
});

describe('a Compose file that nobody deploys says so', () => {
  const alone = (path: string, text = STACK) => {
    const { compose } = createRepo(memorySource({ [path]: text })).layout;
    return compose.map(({ deployed, evidence }) => `${deployed}: ${evidence}`);
  };

  test.each([
    ['docker-compose.dev.yml', 'development'],
    ['docker-compose-local.yml', 'one developer'],
    ['compose.e2e.yaml', 'tests'],
    ['docker-compose.test.yml', 'tests'],
    ['compose.bench.yml', 'measuring'],
    ['docker-compose.seed.yml', 'filling a database'],
    ['docker-compose.example.yml', 'an example'],
    ['docker-compose.yml.old.yml', 'the past'],
  ])('by its name: %s', (path, purpose) => {
    expect(alone(path)).toEqual([`no: its name says that it is for ${purpose}`]);
  });

  test.each([
    'docker-compose.prod.yml',
    'compose.latest.yml',
    'docker-compose.contest.yml',
    'compose.device.yml',
  ])('and %s does not', (path) => {
    expect(alone(path)[0]).toMatch(/^unknown/);
  });

  test('by its folder', () => {
    expect(alone('examples/docker/compose.yml')).toEqual(['no: its folder says that nobody deploys it']);
  });

  test.each([
    ['# DEPRECATED, do not use. See compose.prod.yml.\n', 'no longer used'],
    ['version: "3"\n# ---\n# This file is deprecated\n', 'no longer used'],
    ['# Old stack\n#\n# Do not use this in production!\n', 'no longer used'],
    ['# No longer maintained\n', 'no longer used'],
    ['# Do not use \u2014 compose.prod.yml took over\n', 'no longer used'],
    ['# Stack for local development\n', 'for development'],
    ['# Postgres. Not for production.\n', 'for development'],
  ])('in its first lines: %j', (head, why) => {
    expect(alone('compose.yml', `${head}${STACK}`)[0]).toMatch(new RegExp(`^no: its first lines .*${why}`));
  });

  test.each([
    '# The version key is obsolete\n',
    '# deprecated key: version\n# links is deprecated in Compose v2\n',
    '# Production. For local development use compose.dev.yml.\n',
    '# Do not use the latest tag here\n',
    'services: {}\n# deprecated\n',
  ])('and not by %j', (head) => {
    expect(alone('compose.yml', head.includes('services') ? head : `${head}${STACK}`)[0]).toMatch(/^unknown/);
  });

  test('and a script that starts it for its tests does not change that', () => {
    expect(
      deployedBy('release.sh', 'docker compose -f compose.e2e.yml up -d\n', 'compose.e2e.yml', 'compose.yml'),
    ).toEqual(['compose.e2e.yml no', 'compose.yml unknown']);
  });
});

describe('a person chooses the Compose file', () => {
  const chosen = (compose: readonly string[], files: Record<string, string>) =>
    createRepo(memorySource(files), { compose }).layout.compose.map(
      ({ path, deployed, commands }) => `${path} ${deployed} ${[...commands.keys()].join()}`,
    );
  const script = { 'deploy.sh': 'docker compose -f a.compose.yml -f compose.yml up -d\n' };

  test('over what the scripts and names say', () => {
    expect(
      chosen(['compose.dev.yml'], { ...script, 'compose.dev.yml': STACK, 'compose.yml': STACK }),
    ).toEqual(['compose.dev.yml yes chosen', 'compose.yml no deploy.sh:1']);
  });

  test('whatever it is called and wherever it stands', () => {
    expect(chosen(['dev/stack.yaml'], { 'dev/stack.yaml': STACK, 'compose.yml': STACK })).toEqual([
      'compose.yml no ',
      'dev/stack.yaml yes chosen',
    ]);
  });

  test('and the files that its command lays over one another stay together', () => {
    expect(
      chosen(['compose.prod.yml'], {
        'deploy.sh': 'docker compose -f compose.yml -f compose.prod.yml up -d\n',
        'compose.yml': STACK,
        'compose.prod.yml': STACK,
      }),
    ).toEqual(['compose.prod.yml yes deploy.sh:1', 'compose.yml no deploy.sh:1']);
  });
});

test('a script of nothing but options takes no time', () => {
  const started = performance.now();
  const text = `docker compose${' -a'.repeat(20_000)} down\n`;
  expect(deployedBy('deploy.sh', text, 'compose.yml')).toEqual(['compose.yml unknown']);
  expect(performance.now() - started).toBeLessThan(1000);
});
