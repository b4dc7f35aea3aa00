import { describe, expect, it } from 'vitest';
import { visible, visibleLine } from './visible.ts';

describe('visible', () => {
  it.each([
    ['\x1b[31mred', '\\x1b[31mred'],
    ['\x1b]8;;http://evil\x07link', '\\x1b]8;;http://evil\\x07link'],
    ['\x9b2J', '\\x9b2J'],
    ['a\r\nb\tc\0', 'a\\r\\nb\\tc\\x00'],
    ['back\b\x7f', 'back\\x08\\x7f'],
    ['user\u202etxt.exe\u2066', 'user\\u202etxt.exe\\u2066'],
    ['one\u2028two\ufeff', 'one\\u2028two\\ufeff'],
  ])('writes %j out', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
  it.each(['plain', 'grün 日本 😀', 'app/(auth)/[...slug]/page.tsx', 'ZWJ 👩‍💻', ''])(
    'leaves %j alone',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );
});

describe('visibleLine', () => {
  it('keeps tabs, drops the line end and writes the rest out', () => {
    expect(visibleLine('+\ta\t\x1b[1mb\r')).toBe('+\ta\t\\x1b[1mb');
    expect(visibleLine('+a\rb')).toBe('+a\\rb');
  });
});
