import { expect, test } from 'vitest';
import { ignoreRuleFor } from '../read/product/gitignore.ts';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { bringBack } from './ignore.ts';
import { applySpans } from './spans.ts';

test.each([
  [
    '.gitignore',
    'build/\n',
    'web/app/build/loading.tsx',
    'build/\n\n# Code, whatever the rules above say\n!/web/app/build/\n',
  ],
  [
    'web/.gitignore',
    'loading.*\n',
    'web/app/loading.tsx',
    'loading.*\n\n# Code, whatever the rules above say\n!/app/loading.tsx\n',
  ],
])('a line of %s brings back what it leaves out', (file, text, path, after) => {
  const repo = createRepo(memorySource({ [file]: text }));
  const rule = ignoreRuleFor(repo, path);
  const outcome = rule ? bringBack(repo, file, [{ path, rule }]) : { refused: 'not ignored' };
  const changed = 'spans' in outcome ? applySpans(file, text, outcome.spans) : '';
  expect(changed).toBe(after);
  expect(ignoreRuleFor(createRepo(memorySource({ [file]: changed })), path)).toBeUndefined();
});
