import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { withVerb } from './arguments.ts';

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
    [['--help'], ['--help']],
    [['--version'], ['--version']],
  ])('%j is %j', (typed, meant) => {
    expect(withVerb(typed)).toEqual(meant);
  });

  test.each(['–-dry-run', '—dry-run', '−−yes'])('refuses the dash of %s, which is no hyphen', (argument) => {
    expect(() => withVerb(['apply', argument])).toThrow(UsageError);
  });
});
