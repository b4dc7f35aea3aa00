import { describe, expect, test } from 'vitest';
import { order } from '../../gaps/order.ts';
import type { GapId, Priority } from '../contract.ts';
import { UsageError } from '../errors.ts';
import { executionOrder, type GapChoice, type Ordered, selectGaps } from './order.ts';

function gap(number: number, priority: Priority = 'P1', requires: readonly number[] = []): Ordered {
  return { id: id(number), slug: `thing-${number}`, priority, requires: requires.map(id) };
}

function id(number: number): GapId {
  return `GAP-${String(number).padStart(3, '0')}`;
}

const numbers = (gaps: readonly Ordered[]) => gaps.map((one) => Number(one.id.slice(4)));

const all: readonly Ordered[] = Array.from({ length: 23 }, (_, index) => {
  const number = index + 1;
  const priority = number <= 3 ? 'P0' : number <= 8 ? 'P1' : number <= 13 ? 'P2' : 'P3';
  return gap(number, priority, number === 8 ? [4] : []);
});

describe('executionOrder', () => {
  test('is the list first, then priority and id; the description of the API after what adds routes', () => {
    expect(numbers(executionOrder(all, order))).toEqual([
      1, 2, 3, 6, 7, 4, 5, 13, 12, 8, 10, 9, 14, 15, 16, 17, 18, 19, 20, 21, 22, 11, 23,
    ]);
  });

  test('does not depend on the order that it is given', () => {
    expect(executionOrder(all.toReversed(), order)).toEqual(executionOrder(all, order));
  });

  test('puts a gap after what it requires, and moves no other', () => {
    expect(numbers(executionOrder([gap(1, 'P0', [4]), gap(2, 'P0'), gap(3), gap(4)]))).toEqual([2, 3, 4, 1]);
  });

  test('lets a listed gap wait for one that is not listed', () => {
    const rules = { first: [id(2), id(3)], after: {} };
    expect(numbers(executionOrder([gap(1), gap(2, 'P0', [1]), gap(3)], rules))).toEqual([3, 1, 2]);
  });

  test('ignores rules about gaps that are not there', () => {
    const rules = { first: [id(9), id(2)], after: { [id(2)]: [id(8)] } };
    expect(numbers(executionOrder([gap(1), gap(2)], rules))).toEqual([2, 1]);
  });

  test('lists each gap of the built-in order once', () => {
    expect(order.first).toHaveLength(13);
    expect(new Set(order.first).size).toBe(13);
  });

  test('refuses a cycle and names it', () => {
    const cycle = [gap(1), gap(2, 'P1', [3]), gap(3, 'P1', [2])];
    expect(() => executionOrder(cycle)).toThrow('these gaps require each other: GAP-002, GAP-003');
  });

  test('refuses a cycle that the rules make', () => {
    const rules = { first: [], after: { [id(1)]: [id(2)] } };
    expect(() => executionOrder([gap(1), gap(2, 'P1', [1])], rules)).toThrow(UsageError);
  });

  test('refuses an unknown requirement', () => {
    expect(() => executionOrder([gap(1, 'P1', [7])])).toThrow(
      'GAP-001 requires GAP-007, which does not exist',
    );
  });
});

describe('selectGaps', () => {
  const nothing: GapChoice = { gaps: [], priorities: [], all: false, withRequirements: false };
  const choose = (choice: Partial<GapChoice>) => selectGaps(all, { ...nothing, ...choice });
  const chosen = (choice: Partial<GapChoice>) => numbers(choose(choice).selected);

  test.each(['GAP-003', 'gap-003', 'GAP-3', 'gap3', '3', '003', ' 3 ', 'thing-3'])('knows %j', (name) => {
    expect(chosen({ gaps: [name] })).toEqual([3]);
  });

  test('keeps the order of the list, and names nothing twice', () => {
    expect(chosen({ gaps: ['12', '2', 'GAP-012'] })).toEqual([2, 12]);
  });

  test('adds priorities to names', () => {
    expect(chosen({ gaps: ['23'], priorities: ['p0'] })).toEqual([1, 2, 3, 23]);
  });

  test('takes everything when asked for everything, or for nothing', () => {
    expect(chosen({ all: true, gaps: ['3'] })).toHaveLength(23);
    expect(chosen({})).toHaveLength(23);
  });

  test('says what is required and was not selected', () => {
    expect(choose({ gaps: ['8'] }).missingRequirements).toEqual([{ gap: 'GAP-008', requires: ['GAP-004'] }]);
    expect(choose({ gaps: ['8', '4'] }).missingRequirements).toEqual([]);
  });

  test('knows a gap by a part of its name that no other has', () => {
    const gaps = [{ ...gap(1), slug: 'resource-limits' }, gap(2)];
    expect(numbers(selectGaps(gaps, { ...nothing, gaps: ['resource'] }).selected)).toEqual([1]);
  });

  test('adds what is required, and what that requires', () => {
    const chain = [gap(1), gap(2, 'P1', [1]), gap(3, 'P1', [2]), gap(4)];
    const { selected, missingRequirements } = selectGaps(chain, {
      ...nothing,
      gaps: ['3'],
      withRequirements: true,
    });
    expect(numbers(selected)).toEqual([1, 2, 3]);
    expect(missingRequirements).toEqual([]);
  });

  test.each([
    [{ gaps: ['GAP-030'] }, 'there is no gap GAP-030', 'Did you mean "GAP-003"?'],
    [{ gaps: ['thng-12'] }, 'there is no gap thng-12', 'Did you mean "thing-12"?'],
    [{ gaps: ['everything'] }, 'there is no gap everything', 'Known are thing-1'],
    [{ gaps: ['thing'] }, 'there is no gap thing', 'Did you mean "thing-1"?'],
    [{ priorities: ['P4'] }, 'there is no priority P4', 'One of P0, P1, P2, P3.'],
  ])('refuses %j with a hint', (choice, message, hint) => {
    const error = caught(() => choose(choice));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message, hint: expect.stringContaining(hint) });
  });
});

function caught(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
