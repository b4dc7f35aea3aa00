import type {
  ArrowFunctionExpression,
  ObjectExpression,
  ObjectProperty,
  Function as OxcFunction,
} from 'oxc-parser';
import type { Repo, SourceModule, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { indentOf, indentUnitOf, lineStart, styleOf } from '../../../../src/edit/ts-file.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { besideSpans } from './auth-words.ts';

/** The edits of the file that tells NextAuth who may sign in, or why it cannot be edited. */
export type AuthEdit =
  | { readonly spans: readonly Span[]; readonly imports: readonly AuthImport[] }
  | { readonly refused: string };

/** Names that the file takes from a file of the templates. */
export interface AuthImport {
  readonly file: string;
  readonly names: readonly string[];
}

type Callable = OxcFunction | ArrowFunctionExpression;

/** Calls that the functions to be replaced may make: nothing is lost with them. */
const HARMLESS = /^(isOwnerEmail|Boolean|String|[\w.?]+\.(toLowerCase|trim))$/;
const OWN_PROVIDERS = /^next-auth\/providers\/(?!credentials$|google$)/;
/** What a callback reads and writes that hands id and role on; with any other name it does more. */
const HANDED_ON =
  /^(token|user|session|account|profile|trigger|id|userId|role|name|email|image|picture|sub|expires)$/;

/**
 * authorize() compares with the stored hash, Google's people get a row, the token follows the row, and the session
 * has a user only for a proven address.
 * @throws SourceError when the file does not parse.
 */
export function authEdit(repo: Repo, path: string): AuthEdit {
  const module = repo.module(path);
  const lacking = ['authOptions', 'isOwnerEmail'].find((name) => !exportsName(module, name));
  if (lacking !== undefined) return { refused: `it exports no ${lacking}` };
  const other = module.imports.find(({ moduleRequest }) => OWN_PROVIDERS.test(moduleRequest.value));
  if (other) return { refused: `it lets people in with ${other.moduleRequest.value} too` };
  const [authorize, ...moreDoors] = propertiesNamed(module, 'authorize');
  const [callbacks, ...moreCallbacks] = propertiesNamed(module, 'callbacks');
  if (!authorize || !callbacks || moreDoors.length + moreCallbacks.length > 0)
    return { refused: 'it does not hold one authorize function and one list of callbacks' };
  const door = doorSpans(module, authorize);
  if (!door) return { refused: 'its authorize function does more than let people in' };
  if (callbacks.value.type !== 'ObjectExpression') return { refused: 'its callbacks stand elsewhere' };
  const kept = callbackSpans(module, callbacks.value);
  if ('refused' in kept) return kept;
  const logger = loggerSpans(module, callbacks);
  return {
    spans: [...door, ...kept.spans, ...logger, ...besideSpans(module)],
    imports: [
      ...(logger.length > 0 ? [{ file: 'lib/auth-log.ts', names: ['authLogger'] }] : []),
      { file: 'lib/auth-session.ts', names: ['sessionOfToken', 'tokenOfRow'] },
      { file: 'lib/auth-users.ts', names: ['keepGoogleUser', 'verifyCredentials'] },
    ],
  };
}

function exportsName({ exports }: SourceModule, name: string): boolean {
  return exports.some(({ entries }) =>
    entries.some(({ exportName, moduleRequest }) => exportName.name === name && !moduleRequest),
  );
}

function propertiesNamed(module: SourceModule, name: string): readonly ObjectProperty[] {
  const found: ObjectProperty[] = [];
  walk(module, {
    Property: (node) => {
      if (node.key.type === 'Identifier' && node.key.name === name && 'value' in node && isProperty(node))
        found.push(node);
    },
  });
  return found;
}

/** Patterns have properties too. */
function isProperty(node: { readonly value: { readonly type: string } }): node is ObjectProperty {
  return /^(FunctionExpression|ArrowFunctionExpression|ObjectExpression)$/.test(node.value.type);
}

function callable({ value }: ObjectProperty): Callable | undefined {
  return value.type === 'FunctionExpression' || value.type === 'ArrowFunctionExpression' ? value : undefined;
}

function doorSpans(module: SourceModule, property: ObjectProperty): readonly Span[] | undefined {
  const door = callable(property);
  const [given, request] = door?.params ?? [];
  if (!door || given?.type !== 'Identifier' || !callsOnlyHarmless(module, door)) return undefined;
  if (request && request.type !== 'Identifier') return undefined;
  const name = request?.type === 'Identifier' ? request.name : 'request';
  const body = bodySpan(module, door, `return verifyCredentials(${given.name}, ${name})`);
  if (!body) return undefined;
  return request ? [body] : [insertion(given.end, `, ${name}`), body];
}

function callbackSpans(
  module: SourceModule,
  callbacks: ObjectExpression,
): { readonly spans: readonly Span[] } | { readonly refused: string } {
  const properties = callbacks.properties.flatMap((each) => (each.type === 'Property' ? [each] : []));
  const named = (name: string) =>
    properties.find(({ key }) => key.type === 'Identifier' && key.name === name);
  const [jwt, session, signIn] = [named('jwt'), named('session'), named('signIn')];
  if (signIn) return { refused: 'it has a signIn callback of its own' };
  const shown = session && callable(session);
  if (!shown || !/\.role\b/.test(module.text.slice(shown.start, shown.end)))
    return { refused: 'its session callback does not hand the role on' };
  if (!takes(module, shown, 'session', 'token') || !handsOnOnly(module, shown))
    return { refused: 'its session callback does more than hand id and role on' };
  const token = jwt && callable(jwt);
  if (!token || !takes(module, token, 'token', 'user') || !handsOnOnly(module, token))
    return { refused: 'its jwt callback does more than put id and role into the token' };
  const entry = signInEntry(module, jwt);
  const bodies = [
    bodySpan(module, token, 'return tokenOfRow(token, user, isOwnerEmail)'),
    bodySpan(module, shown, 'return sessionOfToken(session, token)'),
  ].filter((span) => span !== undefined);
  if (bodies.length < 2 || !entry) return { refused: 'its callbacks are written in one line' };
  return { spans: [entry, ...bodies] };
}

/** Whether a callback takes these from its one argument, under their own names. */
function takes({ text }: SourceModule, { params }: Callable, ...names: readonly string[]): boolean {
  const [pattern] = params;
  if (pattern?.type !== 'ObjectPattern') return false;
  const taken = text.slice(pattern.start + 1, pattern.end - 1).split(',');
  return names.every((name) => taken.some((each) => each.trim() === name));
}

/** Whether a callback calls nothing of its own and touches nothing but who somebody is. */
function handsOnOnly(module: SourceModule, range: Callable): boolean {
  if (!callsOnlyHarmless(module, range)) return false;
  const names: string[] = [];
  const isInside = ({ start, end }: { readonly start: number; readonly end: number }) =>
    start >= range.start && end <= range.end;
  walk(module, {
    MemberExpression: (node) => {
      if (!isInside(node)) return;
      const { property } = node;
      names.push(property.type === 'Identifier' && !node.computed ? property.name : 'computed');
    },
    Property: (node) => {
      if (isInside(node)) names.push(node.key.type === 'Identifier' ? node.key.name : 'computed');
    },
  });
  return names.every((name) => HANDED_ON.test(name) || /^(toLowerCase|trim)$/.test(name));
}

function signInEntry({ text }: SourceModule, before: ObjectProperty): Span | undefined {
  const start = lineStart(text, before.start);
  const indent = indentOf(text, before.start);
  if (text.slice(start, before.start) !== indent) return undefined;
  const { semicolon } = styleOf(text);
  const lines = [
    'async signIn({ user, account, profile }) {',
    `${indentUnitOf(text)}return keepGoogleUser(user, account, profile, isOwnerEmail)${semicolon}`,
    '},',
  ];
  return insertion(aboveComments(text, start), lines.map((line) => `${indent}${line}\n`).join(''));
}

/** Failures of NextAuth itself go to the log as errors; a logger of the app's own stays. */
function loggerSpans(module: SourceModule, callbacks: ObjectProperty): readonly Span[] {
  const { text } = module;
  const start = lineStart(text, callbacks.start);
  const indent = indentOf(text, callbacks.start);
  const hasOwn = propertiesNamed(module, 'logger').length > 0 || /\blogger\s*[:,]/.test(text);
  if (hasOwn || text.slice(start, callbacks.start) !== indent) return [];
  return [insertion(aboveComments(text, start), `${indent}logger: authLogger,\n`)];
}

/** The start of the comment lines directly above a line, which belong to it. */
function aboveComments(text: string, start: number): number {
  const previous = lineStart(text, start - 1);
  const isComment = previous < start && /^\s*(\/\/|\/\*|\*)/.test(text.slice(previous, start));
  return isComment ? aboveComments(text, previous) : start;
}

/** The statements of a function, braces excluded, become one. */
function bodySpan({ text }: SourceModule, { body }: Callable, statement: string): Span | undefined {
  if (body?.type !== 'BlockStatement') return undefined;
  const inner = text.slice(body.start + 1, body.end - 1);
  if (!inner.includes('\n')) return undefined;
  const indent = indentOf(text, body.end - 1);
  const { semicolon } = styleOf(text);
  return {
    start: body.start + 1,
    end: body.end - 1,
    text: `\n${indent}${indentUnitOf(text)}${statement}${semicolon}\n${indent}`,
  };
}

function callsOnlyHarmless(module: SourceModule, range: Callable): boolean {
  let isHarmless = true;
  walk(module, {
    CallExpression: ({ callee, start, end }) => {
      if (start < range.start || end > range.end) return;
      if (!HARMLESS.test(module.text.slice(callee.start, callee.end))) isHarmless = false;
    },
  });
  return isHarmless;
}
