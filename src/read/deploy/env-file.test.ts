import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { documentOf, envFileValues } from './env-file.ts';

describe('envFileValues', () => {
  test.each([
    ['A=v', 'v'],
    ['A="v"', 'v'],
    ["A='v'", 'v'],
    ['A: v', 'v'],
    ['A = v  ', 'v'],
    ['export A=v', 'v'],
    ['A=', ''],
    ['A=v # comment', 'v'],
    ['A=# nothing', ''],
    ['A=v# no comment', 'v# no comment'],
    ['A="v # no comment"', 'v # no comment'],
    ['A="v" # comment', 'v'],
    ["A='$OTHER'", '$OTHER'],
    ["A='Let\\'s go'", "Let's go"],
    ['A="{\\"k\\": 1}"', '{"k": 1}'],
    ['A="a\\tb"', 'a\tb'],
    ["A='a\\tb'", 'a\\tb'],
    ['A=a\\tb', 'a\\tb'],
    ["A='two\nlines'", 'two\nlines'],
    ['A="two\nlines"', 'two\nlines'],
    ['A=${OTHER}/x', 'from outside/x'],
    ['B=b\nA=${B}${C:-c}', 'bc'],
    ['A=first\nA=last', 'last'],
    ['A="never closed', '"never closed'],
  ])('%j gives %j', (text, expected) => {
    expect(envFileValues(text, (name) => (name === 'OTHER' ? 'from outside' : undefined)).get('A')).toBe(
      expected,
    );
  });

  test('comments and other lines assign nothing, and a value of several lines hides none', () => {
    expect([...envFileValues("# A=1\n\nnothing\nB='x\nC=inside\n'\nD=1\n").keys()]).toEqual(['B', 'D']);
  });

  test('a raw file is taken as it stands', () => {
    expect(envFileValues('A="$x" # y', undefined, true).get('A')).toBe('"$x" # y');
  });
});

describe('documentOf', () => {
  const of = (path: string, ...files: readonly string[]) =>
    documentOf(createRepo(memorySource(Object.fromEntries(files.map((file) => [file, 'A=1\n'])))), path);

  test('the file itself, its example, or that of its folder', () => {
    expect(of('infra/.env', 'infra/.env', 'infra/.env.example')).toBe('infra/.env');
    expect(of('infra/.env.production', 'infra/.env.production.example', 'infra/.env.example')).toBe(
      'infra/.env.production.example',
    );
    expect(of('.env.production', '.env.example')).toBe('.env.example');
    expect(of('api.env', 'api.env.sample')).toBe('api.env.sample');
    expect(of('api.env', 'example.api.env')).toBe('example.api.env');
    expect(of('.env', 'other/.env.example', '.env.production.example')).toBeUndefined();
  });
});
