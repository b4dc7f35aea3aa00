import { expect, test } from 'vitest';
import { blankComments } from './comments.ts';

test.each([
  ['a; // b\nc;', 'a;     \nc;'],
  ["'//'; // b", "'//';     "],
  ['"/*"; a /* b\nc */ d', '"/*"; a     \n     d'],
  ['`\n// a\n`; // b', '`\n// a\n`;     '],
  ['// `\na; // `\nb', '    \na;     \nb'],
  ['/* a */ "// b" // c', '        "// b"     '],
  ['https://a // b', 'https://a     '],
  ["don't // a\nb", "don't     \nb"],
  ['` // a', '`     '],
  ['a /* b', 'a     '],
  ["'\\'// a' // b\n'", "'\\'// a'     \n'"],
])('%j is read as %j', (text, code) => expect(blankComments(text)).toBe(code));
