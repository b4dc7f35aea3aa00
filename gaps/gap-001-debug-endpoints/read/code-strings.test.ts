import { expect, test } from 'vitest';
import { createRepo } from '../../../src/repo/repo.ts';
import { memorySource } from '../../../src/repo/source.ts';
import { stringsIn } from './code-strings.ts';

const CALLS = "const a = fetch(`/api/test/${name}/x`); const b = '/api/test';\n";
const CLASS = '@Injectable() class Client {}\n';

test.each([
  ['a.ts', CALLS],
  ['a.js', CALLS],
  ['a.ts', CALLS + CLASS],
])('a string of %s begins at its quote, a part of a template at what opens it', (path, text) => {
  const repo = createRepo(memorySource({ [path]: text }));
  expect(stringsIn(repo, path).map(({ start, value }) => `${text[start]} ${value}`)).toEqual([
    '` /api/test/',
    '} /x',
    "' /api/test",
  ]);
});
