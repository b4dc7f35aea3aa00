import { describe, expect, test } from 'vitest';
import { interpolate } from './interpolation.ts';

const set: Readonly<Record<string, string>> = { SET: 'value', EMPTY: '', OTHER: 'other', _x1: 'lower' };
const fill = (text: string) => interpolate(text, (name) => set[name]);

describe('interpolate', () => {
  test.each([
    ['${SET}', 'value'],
    ['$SET', 'value'],
    ['$SET/x', 'value/x'],
    ['$_x1.y', 'lower.y'],
    ['${UNSET}', ''],
    ['$UNSET', ''],
    ['${SET:-d}', 'value'],
    ['${EMPTY:-d}', 'd'],
    ['${UNSET:-d}', 'd'],
    ['${SET-d}', 'value'],
    ['${EMPTY-d}', ''],
    ['${UNSET-d}', 'd'],
    ['${UNSET:-}', ''],
    ['${SET:?needed}', 'value'],
    ['${EMPTY?needed}', ''],
    ['${SET:+r}', 'r'],
    ['${EMPTY:+r}', ''],
    ['${UNSET:+r}', ''],
    ['${SET+r}', 'r'],
    ['${EMPTY+r}', 'r'],
    ['${UNSET+r}', ''],
    ['${UNSET:-${OTHER}}', 'other'],
    ['${UNSET:-${EMPTY:-deep}}', 'deep'],
    ['${UNSET:-a${OTHER}b}', 'aotherb'],
    ['$$SET', '$SET'],
    ['$${SET}', '${SET}'],
    ['$$$SET', '$value'],
    ['100$', '100$'],
    ['$5 and $(date)', '$5 and $(date)'],
    ['${SET/a/b}', '${SET/a/b}'],
    ['${1x}', '${1x}'],
    ['${SET', '${SET'],
    ['redis://:${P:-secret}@redis:6379', 'redis://:secret@redis:6379'],
  ])('%s is %s', (text, expected) => {
    expect(fill(text).value).toBe(expected);
  });

  test('names what was not set and left a blank behind, and what was used', () => {
    expect(fill('${UNSET}-$GONE-${SET}-${UNSET}')).toEqual({
      value: '--value-',
      blank: ['UNSET', 'GONE'],
      defaulted: [],
      used: ['SET'],
    });
    expect(fill('${UNSET:-d}${EMPTY}')).toMatchObject({ blank: [], defaulted: ['UNSET'] });
    expect(fill('${UNSET:-${GONE}}').blank).toEqual(['GONE']);
  });

  test('a required name that is not set stops Compose', () => {
    expect(fill('${UNSET:?needed}').missing).toBe('UNSET');
    expect(fill('${EMPTY:?needed}').missing).toBe('EMPTY');
    expect(fill('${EMPTY?needed}').missing).toBeUndefined();
    expect(fill('${UNSET?needed}').missing).toBe('UNSET');
  });

  test('nesting without end is given up in linear time', () => {
    const started = performance.now();
    interpolate('${A:-'.repeat(20_000), () => undefined);
    interpolate(`${'${A:-'.repeat(20_000)}${'}'.repeat(20_000)}`, () => undefined);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
