import type { Node } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { type FunctionNode, lastName, namesOf } from '../../../src/read/sign-in/own-functions.ts';
import { readingOf } from '../../../src/read/sign-in/password-doors.ts';
import { IDENTITY } from '../../../src/read/sign-in/tables.ts';
import { isTyped, nameOf, type TypedInput, typedInput } from '../../../src/read/sign-in/typed-input.ts';
import { unprovenAnswers } from '../../../src/read/sign-in/unproven-answers.ts';
import { LOOKS_AT_WHO } from '../tables.ts';
import { codeOf, withCalled } from './reset-code.ts';

/** A place at which anybody sets the password of anybody. */
export interface Takeover {
  readonly path: string;
  readonly at: number;
}

const METHOD = /^(?:POST|PUT|PATCH|default|handler)$/;
/** The new password says nothing about who sets it; the old one does. */
const NEW_PASSWORD = /^(?!.*(?:old|current|previous))\w*(?:password|passwd|pwd|confirm)\w*$/i;
const PROVES_NOTHING = new RegExp(`${IDENTITY.source}|${NEW_PASSWORD.source}`, 'i');

/** Routes that set the password of whom the form names, and look at nothing else of it, method by method. */
export function takeoverRoutes(repo: Repo, base: CodeBase): readonly Takeover[] {
  const { app } = base;
  if (guardsRoutes(repo, app)) return [];
  return routeHandlers(repo, app).flatMap(({ path }) => {
    const module = repo.mentions(path, /passw|pwd/i) ? peekModule(repo, path) : undefined;
    const functions = module ? [...namesOf(module).functions] : [];
    return functions.flatMap(([name, node]) =>
      module && METHOD.test(name) ? takeoverIn(repo, base, module, node) : [],
    );
  });
}

/** A middleware that asks who somebody is may stand in front of every route. */
function guardsRoutes(repo: Repo, app: NextApp): boolean {
  return app.files.some(
    (path) =>
      /(^|\/)(?:middleware|proxy)\.[jt]s$/.test(path) &&
      repo.mentions(path, LOOKS_AT_WHO) &&
      !repo.mentions(path, /\(\?!api\b/),
  );
}

function takeoverIn(
  repo: Repo,
  base: CodeBase,
  module: SourceModule,
  node: FunctionNode,
): readonly Takeover[] {
  const pieces = withCalled(repo, base, { module, node });
  if (pieces.some((piece) => LOOKS_AT_WHO.test(codeOf(piece)))) return [];
  const input = typedInput(node, ['request'], PROVES_NOTHING);
  const reading = readingOf(repo, base.app, module, input);
  const entrance = { returns: false, starts: (each: Node) => setsPassword(module, each, input) };
  const [first] = unprovenAnswers(node, reading, entrance);
  return first ? [{ path: module.path, at: first.at }] : [];
}

const UPDATES = /^(?:update\w*|findOneAndUpdate|findByIdAndUpdate|findAndModify|set|save|run|execute|query)$/;

/** A write of a password to the record that the form names. */
function setsPassword(module: SourceModule, node: Node, input: TypedInput): boolean {
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression')
    return (
      /passw|hash/i.test(nameOf(node.left.property) ?? '') &&
      input.of(node.left.object) === 'found' &&
      isTyped(input.of(node.right))
    );
  if (node.type !== 'CallExpression' || !UPDATES.test(lastName(node.callee) ?? '')) return false;
  const text = module.text.slice(node.start, node.end);
  const writes = /\bpass(?:word|wd)?\w*\s*[:,}]|SET\s[^'"`]*passw/i.test(text);
  return (
    writes &&
    /\b(?:where|email|user_?name|phone|user_?id|id)\b/i.test(text) &&
    node.arguments.some((each) => isTyped(input.of(each)))
  );
}
