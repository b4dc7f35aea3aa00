import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from './colour.ts';
import { table } from './table.ts';
import { displayWidth, pad, truncate, wrap } from './width.ts';

const cells = (...texts: string[]) => texts.map((text) => ({ text }));

describe('displayWidth', () => {
  it.each([
    ['plain', 5],
    ['grün', 4],
    ['gru\u0308n', 4],
    ['日本語', 6],
    ['ＡＢ', 4],
    ['한글', 4],
    ['😀', 2],
    ['👩‍💻', 2],
    ['❤️', 2],
    ['✗ ✓ – …', 7],
    ['a\u200bb', 2],
    ['', 0],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('truncate', () => {
  it.each([
    ['plain', 5, 'plain'],
    ['plain text', 7, 'plain…'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['👩‍💻👩‍💻', 3, '👩‍💻…'],
    ['ab', 1, '…'],
  ])('of %j to %i', (text, width, cut) => {
    expect(truncate(text, width)).toBe(cut);
  });
});

describe('wrap', () => {
  it('breaks at blanks and keeps a long word whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('see app/(auth)/page.tsx now', 10)).toEqual(['see', 'app/(auth)/page.tsx', 'now']);
    expect(wrap('', 10)).toEqual(['']);
  });
});

describe('table', () => {
  it('aligns by what is seen', () => {
    const rows = [cells('日本', 'x', 'end'), cells('a', 'long', 'z')];
    expect(table(rows, { paint: plain, columns: undefined, indent: ' ' })).toEqual([
      ' 日本  x     end',
      ' a     long  z',
    ]);
  });
  it('paints a cell and not its padding', () => {
    const rows = [[{ text: 'a', tone: 'bad' as const }, { text: 'x' }], cells('bcd', 'y')];
    const paint = (tone: string, text: string) => `<${tone}>${text}</>`;
    expect(table(rows, { paint, columns: undefined })[0]).toBe('<bad>a</>    x');
  });
  it('obeys nothing that a cell says', () => {
    expect(table([cells('a\x1b[2J', 'b\n')], { paint: plain, columns: undefined })).toEqual([
      'a\\x1b[2J  b\\n',
    ]);
  });
  it('cuts the widest column first', () => {
    const rows = [cells('id-1', 'a title that is long', 'and a much longer reason in words')];
    expect(table(rows, { paint: plain, columns: 40 })).toEqual(['id-1  a title that is…  and a much long…']);
  });
  it('never cuts what has to be copied', () => {
    const rows = [
      [{ text: '20260301-120000-ab12', whole: true as const }, { text: 'applied' }, { text: 'x' }],
    ];
    expect(table(rows, { paint: plain, columns: 20 })).toEqual(['20260301-120000-ab12  app…  x']);
  });
  it('stays within the columns for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '日', '😀', 'e\u0301', '…'), maxLength: 60 });
    const row = fc.tuple(text, text, text).map((texts) => cells(...texts));
    const rows = fc.array(row, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 20, max: 90 }), (given, columns) => {
        for (const line of table(given, { paint: plain, columns })) {
          expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});

describe('pad', () => {
  it('fills with blanks and never cuts', () => {
    expect(pad('日', 4)).toBe('日  ');
    expect(pad('long', 2)).toBe('long');
  });
});
