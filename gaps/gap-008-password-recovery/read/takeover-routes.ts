import type { Node } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import { isServerActions } from '../../../src/read/code/client-code.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { lastName, nameOf, namesOf, type OwnFunction } from '../../../src/read/sign-in/own-functions.ts';
import { readingOf } from '../../../src/read/sign-in/password-doors.ts';
import { IDENTITY } from '../../../src/read/sign-in/tables.ts';
import { type TypedInput, typedInput } from '../../../src/read/sign-in/typed-input.ts';
import { isTyped, type Typed } from '../../../src/read/sign-in/typed-values.ts';
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

/** Routes and actions that set the password of whom the form names, and look at nothing else of it, one by one. */
export function takeoverRoutes(repo: Repo, base: CodeBase): readonly Takeover[] {
  const routes = guardsRoutes(repo, base.app) ? [] : routeHandlers(repo, base.app).map(({ path }) => path);
  const actions = base.code.filter((path) => isServerActions(repo.peek(path) ?? ''));
  return [
    ...routes.flatMap((path) => takeoversIn(repo, base, path, ['request'])),
    ...actions.flatMap((path) => takeoversIn(repo, base, path, ['all', 'all'])),
  ];
}

function takeoversIn(
  repo: Repo,
  base: CodeBase,
  path: string,
  params: readonly Typed[],
): readonly Takeover[] {
  const module = repo.mentions(path, /passw|pwd/i) ? peekModule(repo, path) : undefined;
  const isCalled = (name: string) =>
    params[0] === 'request' ? METHOD.test(name) : module?.exports.some((each) => exportsName(each, name));
  return [...(module ? namesOf(module).functions : [])].flatMap(([name, node]) =>
    module && isCalled(name) ? takeoverIn(repo, base, { module, node }, params) : [],
  );
}

function exportsName({ entries }: SourceModule['exports'][number], name: string): boolean {
  return entries.some(({ exportName }) => exportName.name === name);
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
  { module, node }: OwnFunction,
  params: readonly Typed[],
): readonly Takeover[] {
  const input = typedInput(node, params, PROVES_NOTHING);
  const reading = readingOf(repo, base.app, module, input);
  const entrance = { returns: false, starts: (each: Node) => setsPassword(module, each, input) };
  const [first] = unprovenAnswers(node, reading, entrance);
  if (!first || LOOKS_AT_WHO.test(module.text.slice(node.body?.start ?? node.start, first.at))) return [];
  const called = withCalled(repo, base, { module, node }).slice(1);
  return called.some((piece) => LOOKS_AT_WHO.test(codeOf(piece)))
    ? []
    : [{ path: module.path, at: first.at }];
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
  const writes = /pass(?:word|wd)\w{0,30}\s{0,5}[:,}]|SET\s[^'"`]{0,200}passw/i.test(text);
  return (
    writes &&
    /\b(?:where|email|user_?name|phone|user_?id|id)\b/i.test(text) &&
    node.arguments.some((each) => isTyped(input.of(each)))
  );
}
