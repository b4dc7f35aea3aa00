import { expect, test } from 'vitest';
import { newErrors } from './type-check.ts';

const OLD = "a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.";
const MOVED = "a.ts(9,1): error TS2322: Type 'string' is not assignable to type 'number'.";
const OTHER = "b.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.";

test('an error that only moved is not new; a second one like it is', () => {
  expect(newErrors([MOVED], [OLD])).toEqual([]);
  expect(newErrors([OLD, MOVED], [OLD])).toEqual([MOVED]);
  expect(newErrors([OTHER], [OLD])).toEqual([OTHER]);
});
