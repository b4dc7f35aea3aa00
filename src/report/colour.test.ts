import { describe, expect, it } from 'vitest';
import { type ColourWish, createPaint, plain, wantsColour } from './colour.ts';

const wish = (env: ColourWish['env'], isTerminal = true, flag?: boolean): ColourWish => ({
  env,
  isTerminal,
  flag,
});

describe('wantsColour', () => {
  it.each<[string, ColourWish, boolean]>([
    ['a terminal', wish({}), true],
    ['a pipe', wish({}, false), false],
    ['a dumb terminal', wish({ TERM: 'dumb' }), false],
    ['NO_COLOR', wish({ NO_COLOR: '1' }), false],
    ['an empty NO_COLOR', wish({ NO_COLOR: '' }), true],
    ['FORCE_COLOR in a pipe', wish({ FORCE_COLOR: '1' }, false), true],
    ['an empty FORCE_COLOR in a pipe', wish({ FORCE_COLOR: '' }, false), true],
    ['FORCE_COLOR=3 in a pipe', wish({ FORCE_COLOR: '3' }, false), true],
    ['FORCE_COLOR=0', wish({ FORCE_COLOR: '0' }), false],
    ['FORCE_COLOR=false', wish({ FORCE_COLOR: 'false' }), false],
    ['FORCE_COLOR on a dumb terminal', wish({ FORCE_COLOR: '1', TERM: 'dumb' }), true],
    ['NO_COLOR beside FORCE_COLOR', wish({ NO_COLOR: '1', FORCE_COLOR: '1' }), false],
    ['--no-color beside FORCE_COLOR', wish({ FORCE_COLOR: '1' }, true, false), false],
    ['--color beside NO_COLOR', wish({ NO_COLOR: '1' }, false, true), true],
  ])('decides for %s', (_, given, expected) => {
    expect(wantsColour(given)).toBe(expected);
  });
});

describe('createPaint', () => {
  it('wraps in escapes when enabled, whatever the stream is', async () => {
    expect((await createPaint(true))('bad', 'x')).toBe('\x1b[31mx\x1b[39m');
  });
  it('returns the text when not', async () => {
    expect(await createPaint(false)).toBe(plain);
    expect(plain('bad', 'x')).toBe('x');
  });
});
