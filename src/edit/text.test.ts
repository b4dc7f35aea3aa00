import { describe, expect, test } from 'vitest';
import type { Spans } from './outcome.ts';
import { applySpans } from './spans.ts';
import { appendBlock, appendLines, insertAfter, insertBefore, linesOf } from './text.ts';

function applied(text: string, result: Spans): string {
  if ('refused' in result) throw new Error(result.refused);
  return applySpans('file', text, result.spans);
}

describe('appendLines', () => {
  test('appends what is missing, in the order given', () => {
    expect(applied('a\nb\n', appendLines('a\nb\n', ['c', 'b', 'd']))).toBe('a\nb\nc\nd\n');
  });
  test('keeps a missing final newline missing', () => {
    expect(applied('a', appendLines('a', ['b']))).toBe('a\nb');
  });
  test('starts an empty file', () => {
    expect(applied('', appendLines('', ['a'], '# why'))).toBe('# why\na\n');
  });
  test('heads the lines with their comment, after one blank line', () => {
    expect(applied('a\n', appendLines('a\n', ['b'], '# why'))).toBe('a\n\n# why\nb\n');
    expect(applied('a\n\n', appendLines('a\n\n', ['b'], '# why'))).toBe('a\n\n# why\nb\n');
  });
  test('has nothing to do when all lines are there, whatever space is around them', () => {
    expect(appendLines('  a \nb', ['a', 'b'], '# why')).toEqual({ spans: [] });
  });
});

describe('appendBlock', () => {
  test('appends a block of lines', () => {
    expect(applied('a\n', appendBlock('a\n', 'b\nc'))).toBe('a\nb\nc\n');
  });
});

describe('insertBefore and insertAfter', () => {
  const text = 'set -e\n  docker compose up -d\necho done';

  test('find the one line that reads like the anchor', () => {
    expect(applied(text, insertBefore(text, 'docker compose up -d', '  ./backup.sh'))).toBe(
      'set -e\n  ./backup.sh\n  docker compose up -d\necho done',
    );
    expect(applied(text, insertAfter(text, /^set -e/, 'cd /srv'))).toBe(
      'set -e\ncd /srv\n  docker compose up -d\necho done',
    );
    expect(applied(text, insertAfter(text, 'echo done', 'exit 0'))).toBe(`${text}\nexit 0`);
  });

  test('have nothing to do where the block stands already', () => {
    const before = 'x\ny\na\n';
    expect(insertBefore(before, 'a', 'x\ny')).toEqual({ spans: [] });
    expect(insertAfter('a\nx\ny', 'a', 'x\ny')).toEqual({ spans: [] });
  });

  test('take a block that only ends or begins alike for another one', () => {
    expect(applied('ax\na\n', insertBefore('ax\na\n', 'a', 'x'))).toBe('ax\nx\na\n');
    expect(applied('a\nxb\n', insertAfter('a\nxb\n', 'a', 'x'))).toBe('a\nx\nxb\n');
  });

  test('refuse an anchor that is missing or not unique', () => {
    expect(insertBefore('a\na\n', 'a', 'b')).toEqual({ refused: '2 lines read "a", not one' });
    expect(insertAfter('ab\n', 'a', 'b')).toEqual({ refused: 'no line reads "a"' });
    expect(insertAfter('ab\n', /^c/, 'b')).toEqual({ refused: 'no line reads /^c/' });
  });
});

describe('linesOf', () => {
  test('counts no line after the final newline', () => {
    expect(linesOf('a\n\nb\n').map((line) => line.text)).toEqual(['a', '', 'b']);
    expect(linesOf('')).toEqual([]);
  });
});
