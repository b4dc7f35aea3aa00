import {
  ASKS,
  DENIES,
  LOOKS_AT,
  REFUSES,
  SETTING,
  STAGE_WORDS,
  SUGGESTS_GUARD,
  SUGGESTS_OTHER,
} from '../tables.ts';
import { type Definition, definitionOf, type Place, sourceOf } from './definitions.ts';
import { isMissingSetting } from './statements.ts';
import type { Verdict } from './verdict.ts';

/** How a handler uses a helper. */
export interface Use {
  /** What the helper gives back is the answer. */
  readonly isHandedOn: boolean;
  /** What the handler answers after it. */
  readonly answer: string;
}

/** What a helper says of who gets through; undefined where it is no guard. */
export function helperVerdict(place: Place, callee: string, use: Use): Verdict | undefined {
  if (!/^[\w$.]+$/.test(callee)) return undefined;
  const found = definitionOf(place, callee);
  if (found === undefined || found === 'unseen') {
    if (REFUSES.test(callee)) return { kind: 'authentication' };
    const isGuess =
      !SUGGESTS_OTHER.test(callee) &&
      ((found === 'unseen' && use.isHandedOn) || (isForeign(found, callee) && SUGGESTS_GUARD.test(callee)));
    return isGuess ? unproven(callee) : undefined;
  }
  const source = withNeighbors(found);
  if ((REFUSES.test(source) || ASKS.test(source)) && DENIES.test(`${source}\n${use.answer}`))
    return { kind: 'authentication' };
  const isGuard =
    STAGE_WORDS.test(source) ||
    (SETTING.test(source) && !isMissingSetting(source)) ||
    DENIES.test(source) ||
    (DENIES.test(use.answer) && LOOKS_AT.test(source));
  return isGuard ? unproven(callee) : undefined;
}

/** A function of a package, or a method of an object; not one of the language or of the console. */
function isForeign(found: 'unseen' | undefined, callee: string): boolean {
  return found === 'unseen' || /^(?!console\.|process\.|request\.|req\.|res\.)[\w$]+\.[\w$.]+$/.test(callee);
}

function unproven(callee: string): Verdict {
  return { kind: 'unproven', by: `${callee}()` };
}

/** The function with those of its file that it calls. */
function withNeighbors(definition: Definition): string {
  const own = sourceOf(definition);
  const called = new Set(
    [...own.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*)\s*\(/g)].map(([, name = '']) => name),
  );
  const others = [...called].flatMap((name) => {
    const found = definitionOf(definition.place, name);
    return found === undefined || found === 'unseen' || found.node === definition.node
      ? []
      : [sourceOf(found)];
  });
  return [own, ...others].join('\n');
}
