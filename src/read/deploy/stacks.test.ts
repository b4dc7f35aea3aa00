import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { impliedStack, startedStacks } from './stacks.ts';

const WEB = 'services:\n  web:\n    build: .\n';
const OVERLAY = 'services:\n  web:\n    restart: always\n';

function stacksOf(files: Readonly<Record<string, string>>, compose?: readonly string[]): readonly string[] {
  const repo = createRepo(memorySource(files), compose ? { compose } : {});
  return startedStacks(repo).map((stack) => stack.map(({ path }) => path).join(' + '));
}

describe('the stacks that are started', () => {
  test('are told by the commands, in the order of their files', () => {
    const text =
      'docker compose -f z.compose.yml -f compose.yml -f compose.prod.yml up -d\ndocker compose -f compose.b.yml up\n';
    expect(
      stacksOf({ 'deploy.sh': text, 'compose.yml': WEB, 'compose.prod.yml': WEB, 'compose.b.yml': WEB }),
    ).toEqual(['compose.b.yml', 'compose.yml + compose.prod.yml']);
  });

  test('do not hold a part of another one, or one twice', () => {
    const text =
      'docker compose -f compose.yml up -d db\ndocker compose -f compose.yml -f compose.prod.yml up -d\ndocker compose -f compose.yml -f compose.prod.yml restart web\n';
    expect(stacksOf({ 'deploy.sh': text, 'compose.yml': WEB, 'compose.prod.yml': WEB })).toEqual([
      'compose.yml + compose.prod.yml',
    ]);
  });

  test('are the files that a person chose, each by itself', () => {
    expect(
      stacksOf({ 'compose.a.yml': WEB, 'compose.b.yml': WEB }, ['compose.b.yml', 'compose.a.yml']),
    ).toEqual(['compose.b.yml', 'compose.a.yml']);
  });

  test('are one where a chosen file completes another, in the order in which they were chosen', () => {
    expect(
      stacksOf({ 'compose.a.yml': OVERLAY, 'compose.b.yml': WEB }, ['compose.b.yml', 'compose.a.yml']),
    ).toEqual(['compose.b.yml + compose.a.yml']);
  });

  test('are none where nothing says so', () => {
    expect(stacksOf({ 'compose.yml': WEB })).toEqual([]);
  });
});

test('Compose itself lays the override over the file with the default name', () => {
  const repo = createRepo(
    memorySource({ 'compose.yml': WEB, 'compose.override.yml': OVERLAY, 'compose.x.yml': WEB }),
  );
  const implied = repo.layout.compose.map((file) =>
    impliedStack(repo, file)
      .map(({ path }) => path)
      .join(' + '),
  );
  expect(implied).toEqual([
    'compose.yml + compose.override.yml',
    'compose.x.yml',
    'compose.yml + compose.override.yml',
  ]);
});
