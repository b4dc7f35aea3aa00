import type { ObjectProperty } from 'oxc-parser';
import type { Repo, SourceModule, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import { indentOf, lineStart } from '../../../../src/edit/ts-file.ts';
import { walk } from '../../../../src/read/code/walk.ts';
import { callbackSpans } from './auth-callbacks.ts';
import { aboveComments, bodySpan, callable, callsOnlyHarmless } from './auth-functions.ts';
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

const OWN_PROVIDERS = /^next-auth\/providers\/(?!credentials$|google$)/;
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

/** Failures of NextAuth itself go to the log as errors; a logger of the app's own stays. */
function loggerSpans(module: SourceModule, callbacks: ObjectProperty): readonly Span[] {
  const { text } = module;
  const start = lineStart(text, callbacks.start);
  const indent = indentOf(text, callbacks.start);
  const hasOwn = propertiesNamed(module, 'logger').length > 0 || /\blogger\s*[:,]/.test(text);
  if (hasOwn || text.slice(start, callbacks.start) !== indent) return [];
  return [insertion(aboveComments(text, start), `${indent}logger: authLogger,\n`)];
}
