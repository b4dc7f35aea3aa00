import type { Node, ObjectExpression } from 'oxc-parser';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { peekModule } from '../code/imports.ts';
import { walk } from '../code/walk.ts';
import type { Test } from './proof-of-identity.ts';
import { type Door, type TypedInput, typedInput } from './typed-input.ts';
import { type UnprovenAnswer, unprovenAnswers } from './unproven-answers.ts';

/** A session that an `authorize()` of a credentials provider answers for any password. */
export interface OpenDoor {
  readonly path: string;
  /** Offset of the answer. */
  readonly at: number;
  /** The setting of the deployment under which it does, as it is written; undefined where it always does. */
  readonly setting: string | undefined;
}

const PASSWORD = /passw|pwd/i;
const DEVELOPMENT =
  /NODE_ENV['"\]]*\s*!==?\s*['"]production|NODE_ENV['"\]]*\s*===?\s*['"](?:development|test)|^!?\w*\bis_?(?:dev|local)/i;
const PRODUCTION =
  /NODE_ENV['"\]]*\s*===?\s*['"]production|NODE_ENV['"\]]*\s*!==?\s*['"](?:development|test)/;

/**
 * The first open answer of each password door in these files. Only `authorize` functions written where the provider
 * is configured, or named there and written in the same file, are judged; files that do not parse hold none.
 */
export function openDoors(repo: Repo, paths: readonly string[]): readonly OpenDoor[] {
  return paths.flatMap((path) => {
    if (!repo.mentions(path, 'authorize') || !repo.mentions(path, PASSWORD)) return [];
    const module = peekModule(repo, path);
    return module ? passwordDoors(module).flatMap((door) => openAnswer(module, door) ?? []) : [];
  });
}

/** The `authorize` functions of a module whose provider asks for a password. */
function passwordDoors(module: SourceModule): readonly Door[] {
  const asksPassword = ({ start, end }: Node) => PASSWORD.test(module.withoutComments.slice(start, end));
  return providersIn(module)
    .filter(({ provider, door }) => asksPassword(door) || asksPassword(provider))
    .map(({ door }) => door);
}

/** The `authorize` functions of a module, whatever they ask for. */
export function authorizeDoors(module: SourceModule): readonly Door[] {
  return providersIn(module).map(({ door }) => door);
}

interface Provider {
  readonly provider: ObjectExpression;
  readonly door: Door;
}

function providersIn(module: SourceModule): readonly Provider[] {
  const named = new Map<string, Door>();
  const providers: ObjectExpression[] = [];
  walk(module, {
    ObjectExpression: (node) => {
      if (authorizeOf(node)) providers.push(node);
    },
    FunctionDeclaration: (node) => {
      if (node.id) named.set(node.id.name, node);
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init && isFunction(init)) named.set(id.name, init);
    },
  });
  return providers.flatMap((provider) => {
    const value = authorizeOf(provider);
    const door = value?.type === 'Identifier' ? named.get(value.name) : value;
    return door && isFunction(door) ? [{ provider, door }] : [];
  });
}

function authorizeOf({ properties }: ObjectExpression): Node | undefined {
  for (const property of properties)
    if (
      property.type === 'Property' &&
      property.key.type === 'Identifier' &&
      property.key.name === 'authorize'
    )
      return property.value;
  return undefined;
}

function isFunction(node: Node): node is Door {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** An answer that is always open goes before one that a setting opens. */
function openAnswer(module: SourceModule, door: Door): OpenDoor | undefined {
  const input = typedInput(door);
  const open = unprovenAnswers(door, input)
    .filter(({ conditions }) => !conditions.some((test) => isForDevelopment(module, test)))
    .map((answer) => ({ path: module.path, at: answer.at, setting: settingOf(module, answer, input) }));
  return open.find(({ setting }) => setting === undefined) ?? open[0];
}

function isForDevelopment(module: SourceModule, { node, isTrue }: Test): boolean {
  return (isTrue ? DEVELOPMENT : PRODUCTION).test(textOf(module, node));
}

/**
 * The condition on the way that nobody types and no call answers: what whoever deploys the app has set. A setting with
 * which something that is typed is compared is no switch, but a list of those who get in.
 */
function settingOf(
  module: SourceModule,
  { conditions }: UnprovenAnswer,
  input: TypedInput,
): string | undefined {
  const typed = conditions.filter(({ node }) => input.of(node) !== 'nothing');
  const listed = typed.flatMap(({ node }) => environmentNames(textOf(module, node)));
  return conditions
    .filter(({ node }) => input.of(node) === 'nothing')
    .map(({ node }) => deployedName(module, textOf(module, node)))
    .find((name) => name !== undefined && !listed.includes(name));
}

const MOST = 60;
const ENVIRONMENT = /\b(?:process\.env|import\.meta\.env|env)(?:\.|\[['"])(\w+)/g;

function environmentNames(text: string): readonly string[] {
  return [...text.matchAll(ENVIRONMENT)].flatMap(([, name]) => name ?? []);
}

/** What the deployment sets: a variable of the environment, a constant that stands for one, or what is imported. */
function deployedName(module: SourceModule, text: string): string | undefined {
  const [variable] = environmentNames(text);
  const [, name] = /^([A-Za-z_$][\w$]*)[\w$.]*(?:\s*[!=]==?\s*(?:true|['"]\w*['"]))?$/.exec(text) ?? [];
  if (variable !== undefined || name === undefined) return variable;
  for (const statement of module.program.body) {
    if (
      statement.type === 'ImportDeclaration' &&
      statement.specifiers.some(({ local }) => local.name === name)
    )
      return text.slice(0, MOST);
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    const own = declared?.type === 'VariableDeclaration' ? declared.declarations : [];
    const constant = own.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (constant?.init) return switchName(textOf(module, constant.init), name);
  }
  return undefined;
}

function switchName(text: string, name: string): string | undefined {
  return environmentNames(text)[0] ?? (/^(?:true|false)$/.test(text) ? name : undefined);
}

function textOf({ text }: SourceModule, { start, end }: Node): string {
  return text.slice(start, end);
}
