import type { Expression } from 'oxc-parser';
import { ASKS, CHOOSES, DENIES, REFUSES, SETTING, STAGE, STAGE_WORDS } from '../tables.ts';
import { helperVerdict } from './guard-functions.ts';
import { alternatives, expanded, type Scope } from './scope.ts';
import { isMissingSetting, nameOf } from './statements.ts';
import type { Verdict } from './verdict.ts';

/** What stands under a condition, and what ran before it. */
export interface Answered {
  readonly answer: string;
  /** The answer is that of the guard that is asked. */
  readonly isHandedOn: boolean;
  /** Nothing ran so far whose effect is not known. */
  readonly isCertain: boolean;
}

/** What an answer under a condition says of who gets through; undefined where the condition judges the input. */
export function conditionVerdict(
  scope: Scope,
  test: Expression,
  { answer, isHandedOn, isCertain }: Answered,
): Verdict | undefined {
  const full = expanded(scope, test);
  const unproven: Verdict = { kind: 'unproven', by: nameOf(full) };
  const denies = isHandedOn || DENIES.test(answer) || /\bthrow\b/.test(answer);
  if (!denies) return STAGE_WORDS.test(full) ? unproven : undefined;
  if (alternatives(scope, test).some((each) => STAGE.test(each)))
    return isCertain ? { kind: 'production' } : unproven;
  if (isMissingSetting(full)) return undefined;
  if (REFUSES.test(full) || ASKS.test(full)) return { kind: 'authentication' };
  if (SETTING.test(full) || STAGE_WORDS.test(full)) return unproven;
  for (const [, name = ''] of full.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\s*\(/g)) {
    const verdict = helperVerdict(scope.place, name, { isHandedOn, answer });
    if (verdict) return verdict;
  }
  const source = scope.place.code.slice(test.start, test.end);
  return /\b40[13]\b|unauthori[sz]ed|forbidden/i.test(answer) || CHOOSES.test(source)
    ? { kind: 'unproven', by: `the condition \`${source}\`` }
    : undefined;
}
