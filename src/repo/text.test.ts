import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../contract.ts';
import { sortSpans } from '../edit/spans.ts';
import { spliceBytes } from '../runner/splice-bytes.ts';
import { decode, encode, positionAt } from './text.ts';

const line = fc.string({ unit: fc.constantFrom('a', 'é', '中', ' ', '\t'), maxLength: 5 });
const file = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))))
  .map(([bom, lines]) => (bom ? '\uFEFF' : '') + lines.map(([text, end]) => text + end).join(''));

function decoded(raw: string) {
  const result = decode(Buffer.from(raw));
  if (!result) throw new Error('no text');
  return result;
}

describe('text as gaps see it', () => {
  test('has LF and no BOM, and encodes back to the same bytes', () => {
    fc.assert(
      fc.property(file, (raw) => {
        const { text, encoding } = decoded(raw);
        expect(text).not.toMatch(/\r\n|\uFEFF/);
        expect(Buffer.from(encode(text, encoding)).toString()).toBe(raw);
      }),
    );
  });

  test.each([
    ['a NUL in a string', `const key = \`\${a}\0\${b}\`;${' '.repeat(200)}`, true],
    ['UTF-16', 'a\0b\0c\0', false],
    ['a table of data', `${'\0'.repeat(8)}${'x'.repeat(92)}`, false],
  ])('%s', (_, raw, isText) => {
    expect(decode(Buffer.from(raw)) !== undefined).toBe(isText);
  });

  test('a splice leaves every other byte as it was, in files of mixed line ends too', () => {
    fc.assert(
      fc.property(file, fc.nat(), fc.nat(), (raw, a, b) => {
        const { text, encoding } = decoded(raw);
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const spans = sortSpans('a', text, [{ start, end, text: 'X' }]);
        const after = Buffer.from(spliceBytes(text, encoding, spans)).toString();
        const head = Buffer.from(
          encode(text.slice(0, start), { ...encoding, crlf: encoding.crlf.filter((at) => at < start) }),
        ).toString();
        expect(after.startsWith(`${head}X`)).toBe(true);
        expect(raw.endsWith(after.slice(head.length + 1))).toBe(true);
      }),
    );
  });

  test('an inserted line ends as most lines do', () => {
    const { text, encoding } = decoded('a\r\nb\r\nc\n');
    expect(Buffer.from(spliceBytes(text, encoding, [{ start: 2, end: 2, text: 'x\n' }])).toString()).toBe(
      'a\r\nx\r\nb\r\nc\n',
    );
  });

  test('a line that is put behind another one leaves that one its end', () => {
    const { text, encoding } = decoded('a\nb\r\nc\r\n');
    const spliced = (...spans: readonly Span[]) => Buffer.from(spliceBytes(text, encoding, spans)).toString();
    expect(spliced({ start: 1, end: 1, text: '\nx' })).toBe('a\nx\r\nb\r\nc\r\n');
    expect(spliced({ start: 0, end: 2, text: 'a\nx\n' })).toBe('a\nx\r\nb\r\nc\r\n');
    const two = [
      { start: 1, end: 1, text: '\nx' },
      { start: 1, end: 1, text: '\ny' },
    ];
    expect(spliced(...two)).toBe('a\nx\r\ny\r\nb\r\nc\r\n');
  });

  test.each([
    [Uint8Array.from([0xff, 0xfe, 0x41, 0x00])],
    [Uint8Array.from([0x41, 0x00])],
    [Uint8Array.from([0xe9, 0x20])],
  ])('bytes that are no UTF-8 text are not decoded', (bytes) => {
    expect(decode(bytes)).toBeUndefined();
  });

  test('positions count from one', () => {
    expect([0, 2, 3].map((at) => positionAt('ab\ncd', at))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
    ]);
  });
});
