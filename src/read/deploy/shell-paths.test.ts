import { expect, test } from 'vitest';
import { candidatesFor, expandWord } from './shell-paths.ts';

const scope = {
  script: 'scripts/deploy.sh',
  variables: new Map([
    ['HERE', '"$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"'],
    ['UP', '$(cd "$(dirname "$0")/.." > /dev/null && pwd -P)'],
    ['TOP', '"$(git rev-parse --show-toplevel)"'],
    ['OVER', '"$(dirname "$HERE")"'],
    ['SHORT', '"${0%/*}"'],
    ['stack', 'infra/compose.yml'],
    ['LOOP', '$LOOP'],
    ['DATED', 'infra/$(date).yml'],
  ]),
};

test.each([
  ['infra/a.yml', 'infra/a.yml'],
  ['"$stack"', 'infra/compose.yml'],
  ['"${HERE}/a.yml"', '@/scripts/a.yml'],
  ['"$UP/infra/a.yml"', '@/scripts/../infra/a.yml'],
  ['$TOP/infra', '@/infra'],
  ['"$OVER"/infra', '@/infra'],
  ['$(dirname "$0")/a', '@/scripts/a'],
  ['"$(dirname "$(readlink -f "$0")")/a"', '@/scripts/a'],
  ['$PWD/a', './a'],
  ['$SHORT/a', '@/scripts/a'],
  ['${UNSET}/a', undefined],
  ['$LOOP', undefined],
  ['"$DATED"', undefined],
  ['"$1"', undefined],
])('%s is %s', (raw, expected) => {
  expect(expandWord(raw, scope)).toBe(expected);
});

test('names the paths of the repository that a word may stand for', () => {
  expect(candidatesFor('"$UP/infra/a.yml"', scope, [''])).toEqual(['infra/a.yml']);
  expect(candidatesFor('../a.yml', scope, ['', 'scripts'])).toEqual(['a.yml']);
  expect(candidatesFor('a.yml', scope, ['', 'scripts'])).toEqual(['a.yml', 'scripts/a.yml']);
  expect(candidatesFor('/srv/aims/infra/a.yml', scope, [''])).toContain('infra/a.yml');
  expect(candidatesFor('$1', scope, [''])).toEqual([]);
});
