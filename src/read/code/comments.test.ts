import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { blankComments, withoutComments } from './comments.ts';

/** What is left of a file, its blanks at the ends of lines cut off. */
function left(path: string, text: string): string {
  const code = withoutComments(createRepo(memorySource({ [path]: text })), path);
  expect(code).toHaveLength(text.length);
  return code.replace(/ +$/gm, '');
}

describe('comments are blanks', () => {
  test.each([
    ['a; // b\nc;', 'a;\nc;'],
    ["'//'; // b", "'//';"],
    ['"/*"; a /* b\nc */ d', '"/*"; a\n     d'],
    ['`\n// a\n`; // b', '`\n// a\n`;'],
    ['// `\na; // `\nb', '\na;\nb'],
    ['/* a */ "// b" // c', '        "// b"'],
    ["'\\'// a' // b\n", "'\\'// a'\n"],
    ['a = /[`]/; // b\n// c `', 'a = /[`]/;\n'],
    ['a = /["\']/g; // "b\nc', 'a = /["\']/g;\nc'],
    ['a = /\\/\\*/; b; /* c */', 'a = /\\/\\*/; b;'],
    ['a = b / c; // d / e', 'a = b / c;'],
    ['`${/* a */ `b // ${c /* d */}`} // e` // f', '`${        `b // ${c        }`} // e`'],
  ])('%j is read as %j', (text, code) => expect(left('a.ts', text)).toBe(code));

  test.each([
    ["<p>don't // stay</p>; // b", "<p>don't // stay</p>;"],
    ['<p>a /* b */ c</p>', '<p>a /* b */ c</p>'],
    ['<p>{/* a */}{b /* c */}</p>', '<p>{       }{b        }</p>'],
    ['<a href="//b" /* c */ d />', '<a href="//b"         d />'],
    ['<p>http://a `</p>; // `', '<p>http://a `</p>;'],
  ])('in a component %j is read as %j', (text, code) => expect(left('a.tsx', text)).toBe(code));

  test('in what does not parse up to the mistake', () => {
    expect(left('a.ts', 'a; // b\nconst = 1; // c')).toBe('a;\nconst = 1; // c');
  });

  test.each([
    ['a.sh', '# a\nb # c\n  # d', '\nb # c\n'],
    ['a.prisma', '// a\nb // c\n# d', '\nb // c\n# d'],
    ['Dockerfile', '#a\nRUN b', '\nRUN b'],
  ])('in %s where they begin a line', (path, text, code) => expect(left(path, text)).toBe(code));

  test('nothing is left of what is not there', () => {
    expect(withoutComments(createRepo(memorySource({})), 'a.ts')).toBe('');
  });
});

test.each([
  ['<T>a; // b', '<T>a;     '],
  ['<p>a // b</p> // c', '<p>a // b</p>     '],
  ['(a) => a // b', '(a) => a     '],
])('a piece of code tells its language: %j', (text, code) => expect(blankComments(text)).toBe(code));
