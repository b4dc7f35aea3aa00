import { expect, test } from 'vitest';
import { refusalOf } from './nesting.ts';

const DEEP = 'is nested too deeply to be parsed';
const LONG = 'has lines that are too long to be parsed';

// Each of them ends the process, or takes all of its memory, when the parser is handed it.
test.each([
  ['(', '1', ')', 8000, DEEP],
  ['{\n', '', '}', 8000, DEEP],
  ['[\n', '', ']\n', 12_000, DEEP],
  ['`${\n', '1', '}`\n', 5000, DEEP],
  ['<a>\n', '', '</a>\n', 40_000, DEEP],
  ['<a>{\n', '', '}</a>\n', 5000, DEEP],
  ['a?b:\n', '1', '', 15_000, DEEP],
  ['() =>\n', '1', '', 15_000, DEEP],
  ['if (a)\n', ';', '', 8000, DEEP],
  ['if (a) {} else\n', ';', '', 8000, DEEP],
  ['for (;;)\n', ';', '', 8000, DEEP],
  ['do\n', ';', 'while(0)\n', 8000, DEEP],
  ['l:\n', ';', '', 8000, DEEP],
  ['a =\n', '1', '', 15_000, DEEP],
  ['!\n', '1', '', 40_000, DEEP],
  ['-\n', '1', '', 40_000, DEEP],
  ['a +\n', '1', '', 100_000, DEEP],
  ['typeof\n', 'a', '', 40_000, DEEP],
  ['new\n', 'a', '', 40_000, DEEP],
  ['type A = keyof\n', 'a', '', 40_000, DEEP],
  ['B<\n', 'C', '>', 5000, DEEP],
  ['@\n', 'a', '', 20_000, DEEP],
  ['\\', '', '', 60_000, LONG],
  ['export ', '', '', 20_000, LONG],
  ['return;', '', '\n', 20_000, LONG],
])('%j without end is refused', (open, inside, close, times, reason) => {
  expect(refusalOf(open.repeat(times) + inside + close.repeat(times))).toBe(reason);
});

test.each([
  ['a list', `const list = [${"{ a: 1, b: 'c' },\n".repeat(20_000)}];`],
  [
    'functions',
    'export const f = (a: string) => {\n  if (a) return b ? c : d;\n  return `${a}`;\n};\n'.repeat(5000),
  ],
  ['constants without semicolons', 'export const a = b\n'.repeat(20_000)],
  ['a drawing', `<svg>${'<path d="M1-2-3-4-5" fill="none" />\n'.repeat(500)}</svg>`],
  ['a line of data', `const data = '${'abc'.repeat(6000)}';`],
  ['prose', `/*${'the words of a licence\n'.repeat(2000)}*/`],
])('%s is handed on', (_, text) => expect(refusalOf(text)).toBeUndefined());
