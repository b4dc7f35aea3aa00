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
});
