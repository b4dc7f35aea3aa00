import { describe, expect, it } from 'vitest';
import { didYouMean, suggest } from './suggest.ts';

const commands = ['audit', 'apply', 'plan', 'verify', 'undo'];
const gaps = ['gap-a01', 'gap-a03', 'gap-a13', 'gap-a23'];

describe('suggest', () => {
  it.each([
    ['audti', commands, 'audit'],
    ['aply', commands, 'apply'],
    ['applyy', commands, 'apply'],
    ['PLAN', commands, 'plan'],
    ['verfy', commands, 'verify'],
    ['GAP-A3', gaps, 'gap-a03'],
    ['gap03', gaps, 'gap-a03'],
    ['--reportr', ['--repo', '--reporter'], '--reporter'],
  ])('takes %s for a slip of the hand', (word, candidates, meant) => {
    expect(suggest(word, candidates)).toBe(meant);
  });
  it('takes two letters that changed places for one slip', () => {
    expect(suggest('lpan', ['plane', 'plan'])).toBe('plan');
  });
  it.each(['deploy-everything', 'xyz', '', 'q'])('does not guess at %j', (word) => {
    expect(suggest(word, commands)).toBeUndefined();
  });
  it('prefers the nearest, and the first of equals', () => {
    expect(suggest('gap-a0', gaps)).toBe('gap-a01');
    expect(suggest('unde', ['under', 'undo'])).toBe('under');
  });
});

describe('didYouMean', () => {
  it('names what was meant', () => {
    expect(didYouMean('audti', commands)).toBe('Did you mean "audit"?');
  });
  it('lists what is known when nothing is near', () => {
    expect(didYouMean('frobnicate', ['text', 'json'])).toBe('Known are text, json.');
  });
});
