import type { Repo, SourceModule } from '../../../src/contract.ts';
import type { Range } from '../../../src/read/code/declarations.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { CONSTRAINTS, LIBRARY_VALIDATORS, MESSAGE, RULES } from '../tables.ts';
import type { CodeBehind, Piece } from './code-behind.ts';

/** Whether a form library checks by rules or functions that are given to it here. */
export function hasRules(code: string): boolean {
  return RULES.some((rule) => rule.test(code)) || LIBRARY_VALIDATORS.test(code);
}

/** Whether a step has a form library or the browser check what was typed; told once, as many forms lead there. */
export const hasItChecked = oncePer(({ code }: Piece) => hasRules(code) || CONSTRAINTS.test(code));

/** Whether what runs on a submit looks at what was typed itself, and tells a person what is wrong with it. */
export function validatesItself(repo: Repo, { steps }: CodeBehind, fields: readonly string[]): boolean {
  const pieces = steps.map(({ piece }) => piece);
  if (!pieces.some(({ code }) => MESSAGE.test(code))) return false;
  const isValidator = pieces.some(({ code }) => VALIDATOR.test(code) && MESSAGE.test(code));
  return pieces.some((piece) =>
    guardsOf(repo, piece).some((guard) => isAboutInput(guard, fields, isValidator)),
  );
}

/** A function that is called so, by its declaration. */
const VALIDATOR = /^(?:(?:async )?function\s+)?(?:is|has|get|check|run|handle|form)?_?valid\w*/i;
/** What a condition asks where another function has looked. */
const ASKS_VALIDATOR = /\b\w{0,40}valid\w{0,40}\b|\b\w{0,40}errors?\b/i;
/** What was typed, by the names that people give it. */
const INPUT =
  /\b(?:formData|values?|data|form|input|payload|fields?|body)\b|\b(?:e|ev|event|evt)\.(?:current)?[tT]arget\b|\.get\(|\.trim\(\)|\.test\(/;

interface Guard {
  readonly test: string;
  readonly isTold: boolean;
}

/** A condition that ends the submit with a message, before anything is sent. */
function isAboutInput({ test, isTold }: Guard, fields: readonly string[], isValidator: boolean): boolean {
  if (isValidator && ASKS_VALIDATOR.test(test) && !/captcha|turnstile/i.test(test)) return true;
  if (!isTold) return false;
  return (
    INPUT.test(test) || fields.some((field) => new RegExp(`(?<![\\w$.])${escaped(field)}\\b`).test(test))
  );
}

/** The conditions of a piece that stand before its first request and return. */
function guardsOf(repo: Repo, { path, at, code }: Piece): readonly Guard[] {
  const module = peekModule(repo, path);
  if (!module) return [];
  const { conditions, requests } = branchesOf(module);
  const isWithin = (range: Range) => range.start >= at && range.end <= at + code.length;
  const sent = Math.min(...requests.filter((start) => start >= at && start < at + code.length), Infinity);
  return conditions
    .filter((each) => isWithin(each) && each.start < sent)
    .map(({ test, body }) => ({
      test: module.text.slice(test.start, test.end),
      isTold: MESSAGE.test(module.text.slice(body.start, body.end)),
    }));
}

interface Condition extends Range {
  readonly test: Range;
  readonly body: Range;
}

/** Every condition that returns or throws, and every place that sends something: one walk, kept with the module. */
const branchesOf = oncePer((module: SourceModule) => {
  const conditions: Condition[] = [];
  const requests: number[] = [];
  const { text } = module;
  walk(module, {
    IfStatement: ({ start, end, test, consequent }) => {
      if (/\b(?:return|throw)\b/.test(text.slice(consequent.start, consequent.end)))
        conditions.push({ start, end, test, body: consequent });
    },
    AwaitExpression: ({ start, argument }) => {
      if (!/^(?:\w+\.)?(?:formData\(|validate\w*\(|trigger\()/.test(text.slice(argument.start, argument.end)))
        requests.push(start);
    },
    CallExpression: ({ start, callee }) => {
      if (/^(?:fetch|axios\b.*|.*\.mutate)$/.test(text.slice(callee.start, callee.end))) requests.push(start);
    },
  });
  return { conditions, requests };
});
