import { expect, test } from 'vitest';
import { patternsIn, slownessOf } from './patterns.ts';

/**
 * Patterns run over the text of strangers: none may take more than linear time. A stretch is bounded (`{0,200}`), ends
 * where the next one cannot begin (`[^"\n]*"`), or begins where nothing of its own kind stands before it (`(?<!\s)\s+$`).
 */
test('no pattern takes more than linear time', () => {
  const slow = patternsIn(['src', 'gaps']).flatMap((pattern) => {
    const reason = slownessOf(pattern);
    return reason === undefined ? [] : [`${pattern.path}:${pattern.line} ${reason} /${pattern.source}/`];
  });
  expect(slow).toEqual([]);
});

test.each([
  ['a loop in a loop', /(?:a+)+$/],
  ['two loops over the same text', /a\s*\n?\s*b/],
  ['a search that begins anew', /\s+$/],
  ['the same, line by line', /^\s*x/m],
])('%s is seen', (_, { source, flags }) => {
  expect(slownessOf({ source, flags })).toBeDefined();
});

test.each([[/^[ \t]*x/m], [/(?<!\s)\s+$/], [/"[^"\n]*"/], [/\s{0,20}$/]])(
  '%s is accepted',
  ({ source, flags }) => {
    expect(slownessOf({ source, flags })).toBeUndefined();
  },
);
