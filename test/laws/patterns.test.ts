import { expect, test } from 'vitest';
import { builtPatternsIn } from './built-patterns.ts';
import { patternsIn, slownessOf } from './patterns.ts';
import { restartOf } from './restarts.ts';

const SHIPPED = ['src', 'gaps'];
const built = builtPatternsIn(SHIPPED);

/**
 * Patterns run over the text of strangers: none may take more than linear time. A stretch is bounded (`{0,200}`), ends
 * where the next one cannot begin (`[^"\n]*"`), or begins where nothing of its own kind stands before it (`(?<!\s)\s+$`).
 */
test('no pattern takes more than linear time', () => {
  const slow = [...patternsIn(SHIPPED), ...built].flatMap((pattern) => {
    const reason = slownessOf(pattern) ?? restartOf(pattern);
    return reason === undefined ? [] : [`${pattern.path}:${pattern.line} ${reason} /${pattern.source}/`];
  });
  expect(slow).toEqual([]);
});

test('a text becomes a part of a pattern with `escaped`: a folder may be called `c++`', () => {
  const open = built.flatMap(({ path, line, unescaped }) =>
    unescaped.map((part) => `${path}:${line} ${part}`),
  );
  expect(built.length).toBeGreaterThan(50);
  expect(open).toEqual([]);
});

test.each([
  ['a loop in a loop', /(?:a+)+$/],
  ['two loops over the same text', /a\s*\n?\s*b/],
  ['a search that begins anew', /\s+$/],
  ['the same, line by line', /^\s*x/m],
  ['one that begins anew inside of what it goes through', /catch \{[^}]*set/],
  ['the same behind the edge of a word', /\breturn\b[^;]*json/],
  ['what one loop gives back and another one takes', /\w*backup\w*\(/],
])('%s is seen', (_, { source, flags }) => {
  expect(slownessOf({ source, flags }) ?? restartOf({ source, flags })).toBeDefined();
});

test.each([
  [/^[ \t]*x/m],
  [/(?<!\s)\s+$/],
  [/"[^"\n]*"/],
  [/\s{0,20}$/],
  [/catch \{[^}]{0,200}set/],
  [/\bsign\w*\(/],
  [/<!--[\s\S]*?(?:-->|(?![\s\S]))/],
  [/(?:^|;)[ \t]*cd /m],
])('%s is accepted', ({ source, flags }) => {
  expect(slownessOf({ source, flags }) ?? restartOf({ source, flags })).toBeUndefined();
});
