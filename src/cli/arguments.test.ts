import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { chosenBy, planOrGaps, withVerb } from './arguments.ts';

describe('the verb that short forms leave out', () => {
  test.each([
    [[], ['audit']],
    [['--json'], ['audit', '--json']],
    [
      ['--repo', 'plan'],
      ['audit', '--repo', 'plan'],
    ],
    [
      ['--gap', 'GAP-1'],
      ['apply', '--gap', 'GAP-1'],
    ],
    [
      ['--priority=P0', '--yes'],
      ['apply', '--priority=P0', '--yes'],
    ],
    [
      ['plan', '--gap', 'GAP-1'],
      ['plan', '--gap', 'GAP-1'],
    ],
    [
      ['--gap', 'GAP-1', 'plan'],
      ['--gap', 'GAP-1', 'plan'],
    ],
    [
      ['--compose', 'apply', '--app', 'plan'],
      ['audit', '--compose', 'apply', '--app', 'plan'],
    ],
    [['GAP-003'], ['audit', 'GAP-003']],
    [
      ['3,P0', '--json'],
      ['audit', '3,P0', '--json'],
    ],
    [['-v'], ['--version']],
    [['--help'], ['--help']],
    [['--version'], ['--version']],
  ])('%j is %j', (typed, meant) => {
    expect(withVerb(typed)).toEqual(meant);
  });

  test.each([
    [['fix'], 'aims-fix apply'],
    [['--fix'], 'aims-fix apply'],
    [['rollback', '--json'], 'aims-fix undo'],
  ])('%j says what was likely meant', (typed, command) => {
    expect(() => withVerb(typed)).toThrow(expect.objectContaining({ hint: `Did you mean: ${command}?` }));
  });

  test.each(['–-dry-run', '—dry-run', '−−yes'])('refuses the dash of %s, which is no hyphen', (argument) => {
    expect(() => withVerb(['apply', argument])).toThrow(UsageError);
  });
});

test('plain words are gaps and priorities, and commas separate them', () => {
  expect(chosenBy(['GAP-003,4', 'p0', 'error-boundaries'])).toEqual({
    gaps: ['GAP-003', '4', 'error-boundaries'],
    priorities: ['p0'],
  });
});

describe('what apply is given', () => {
  test.each([
    [[], { named: [] }],
    [['GAP-003', 'P1'], { named: ['GAP-003', 'P1'] }],
    [['package.json'], { file: 'package.json', named: [] }],
  ])('%j', (words, given) => {
    expect(planOrGaps(words, process.cwd())).toEqual(given);
  });

  test.each([
    [['nowhere.json'], 'there is no file nowhere.json'],
    [['package.json', 'GAP-003'], 'package.json is a file, and more was named beside it'],
  ])('%j is refused', (words, message) => {
    expect(() => planOrGaps(words, process.cwd())).toThrow(message);
  });
});
