import type { CallExpression, Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { type ImportScope, peekModule } from '../code/imports.ts';
import { childrenOf } from '../code/nodes-at.ts';
import { type CredentialsProvider, credentialsProviders, propertyOf } from './credentials-providers.ts';
import { conditionsText, isForDevelopment, settingOf } from './deployment-settings.ts';
import {
  lastName,
  nameOf,
  namesOf,
  type OwnFunction,
  ownFunction,
  rootOf,
  specifierOf,
} from './own-functions.ts';
import { conditionsOf, type Reading } from './proof-of-identity.ts';
import { AT_ONCE, COMPARERS, SECRET, SESSION_COOKIE, STARTS_SESSION } from './tables.ts';
import { isConstant, isWhoWasTyped } from './typed-answers.ts';
import { type TypedInput, typedInput } from './typed-input.ts';
import type { Typed } from './typed-values.ts';
import { type Entrance, type UnprovenAnswer, unprovenAnswers } from './unproven-answers.ts';

/** A function that lets people in: the `authorize` of a credentials provider, a login route or a server action. */
export interface PasswordDoor {
  readonly kind: 'authorize' | 'route' | 'action';
  readonly door: OwnFunction;
  readonly input: TypedInput;
  /** The names of what is typed, as far as the door reads or declares them. */
  readonly fields: readonly string[];
  readonly provider: CredentialsProvider | undefined;
}

/** A session that a door answers for any password. */
export interface OpenDoor {
  readonly path: string;
  /** Offset of the answer. */
  readonly at: number;
  /** The setting of the deployment under which it does, as it is written; undefined where it always does. */
  readonly setting: string | undefined;
}

type Scope = Pick<ImportScope, 'dir'>;

/** What the parameters of a door stand for. */
export const PARAMS: Readonly<Record<PasswordDoor['kind'], readonly Typed[]>> = {
  authorize: ['all', 'request'],
  route: ['request'],
  action: ['all', 'all', 'all'],
};

/** The doors in these files; files that do not parse hold none. */
export function passwordDoors(
  repo: Repo,
  scope: Scope,
  files: { readonly providers: readonly string[]; readonly handlers: readonly string[] },
): readonly PasswordDoor[] {
  const authorizing = files.providers.flatMap((path) => {
    const module = mayAuthorize(repo, path) ? peekModule(repo, path) : undefined;
    return module ? credentialsProviders(repo, scope, module).map(authorizeDoor) : [];
  });
  const handling = files.handlers.flatMap((path) => {
    const module = repo.mentions(path, SECRET) ? peekModule(repo, path) : undefined;
    return module ? handlerDoors(module) : [];
  });
  return [...authorizing, ...handling];
}

/** Whether a file may configure a credentials provider. */
export function mayAuthorize(repo: Repo, path: string): boolean {
  return repo.mentions(path, 'authorize');
}

function authorizeDoor(provider: CredentialsProvider): PasswordDoor {
  const door = provider.authorize;
  const input = typedInput(door.node, PARAMS.authorize);
  const declared = propertyOf(provider.config, 'credentials');
  const keys =
    declared?.type === 'ObjectExpression'
      ? declared.properties.flatMap((each) => (each.type === 'Property' ? (nameOf(each.key) ?? []) : []))
      : [];
  return { kind: 'authorize', door, input, fields: [...keys, ...fieldsRead(door.node, input)], provider };
}

/** Functions that a request or a form calls, in a file that is named for signing in. */
const ENTRIES = /^(?:POST|default|handler|\w{0,20}(?:log_?in|sign_?in|authenticate)\w{0,20})$/i;

function handlerDoors(module: SourceModule): readonly PasswordDoor[] {
  return [...namesOf(module).functions].flatMap(([name, node]) => {
    if (!ENTRIES.test(name)) return [];
    const kind = /^(?:POST|default|handler)$/.test(name) ? 'route' : 'action';
    const input = typedInput(node, PARAMS[kind]);
    const fields = fieldsRead(node, input);
    return fields.some((field) => /passw|pwd/i.test(field))
      ? [{ kind, door: { module, node }, input, fields, provider: undefined }]
      : [];
  });
}

/** The fields of the form that a function names. */
function fieldsRead(node: Node, input: TypedInput): readonly string[] {
  const own =
    node.type === 'MemberExpression' && input.of(node.object) === 'all'
      ? [nameOf(node.property) ?? '']
      : node.type === 'ObjectPattern'
        ? node.properties.flatMap((each) => (each.type === 'Property' ? (nameOf(each.key) ?? []) : []))
        : node.type === 'CallExpression' && lastName(node.callee) === 'get'
          ? node.arguments.flatMap((each) => (each.type === 'Literal' ? String(each.value) : []))
          : [];
  return [...own, ...childrenOf(node).flatMap((child) => fieldsRead(child, input))];
}

/** The first open answer of each door. One that is always open goes before one that a setting opens. */
export function openDoors(repo: Repo, scope: Scope, doors: readonly PasswordDoor[]): readonly OpenDoor[] {
  return doors.flatMap((door) => openAnswer(repo, scope, door) ?? []);
}

function openAnswer(repo: Repo, scope: Scope, each: PasswordDoor): OpenDoor | undefined {
  const { module, node } = each.door;
  const reading = readingOf(repo, scope, module, each.input);
  const around = (each.provider?.conditions ?? []).flatMap(conditionsOf);
  const origin = each.provider?.module ?? module;
  if (around.some((test) => isForDevelopment(origin, test))) return undefined;
  const outside = conditionsText(origin, around);
  const open = unprovenAnswers(node, reading, entranceOf(each, module))
    .filter((answer) => isOpen(each, answer))
    .filter(({ conditions }) => !conditions.some((test) => isForDevelopment(module, test)))
    .map((answer) => ({
      path: module.path,
      at: answer.at,
      setting: settingOf(module, answer.conditions, each.input) ?? outside,
    }));
  return open.find(({ setting }) => setting === undefined) ?? open[0];
}

/** Where no secret is asked for, a guest may come in; somebody whom the form names may not. */
function isOpen({ kind, fields, provider, input }: PasswordDoor, { node }: UnprovenAnswer): boolean {
  if (kind !== 'authorize' || fields.some((field) => SECRET.test(field))) return true;
  return isWhoWasTyped(node, input) || (provider?.isOnly === true && isConstant(node, input));
}

function entranceOf({ kind }: PasswordDoor, module: SourceModule): Entrance {
  if (kind === 'authorize') return { returns: true, starts: () => false };
  return { returns: false, starts: (node) => node.type === 'CallExpression' && startsSession(module, node) };
}

/** A cookie of its own, a token of its own, a session of a library. */
function startsSession(module: SourceModule, call: CallExpression): boolean {
  const name = lastName(call.callee) ?? '';
  const text = module.text.slice(call.callee.start, call.callee.end);
  if (/\bsession\.save$/.test(text) || STARTS_SESSION.test(name)) return true;
  const [cookie] = call.arguments;
  const isCookie = /cookie/i.test(text) && /^(?:set|setCookie)$/.test(name);
  return isCookie && cookie?.type === 'Literal' && SESSION_COOKIE.test(String(cookie.value));
}

/** What a door is read with. */
export function readingOf(repo: Repo, scope: Scope, module: SourceModule, input: TypedInput): Reading {
  const isTypedAlone = (each: Node) => ['identity', 'proof', 'all'].includes(input.of(each));
  return {
    input,
    comparerOf: (call) => {
      const how = comparerIn(module, call);
      // What was typed is compared with what was typed: that says nothing, at once.
      return how !== undefined && call.arguments.every(isTypedAlone) ? undefined : how;
    },
    isPromise: ({ callee }) =>
      /compar|verif|check|valid|match/i.test(lastName(callee) ?? '') &&
      ownFunction(repo, scope, module, callee)?.node.async === true,
  };
}

/** How a call compares, where it is one of a library that only says yes or no. */
export function comparerIn(
  module: SourceModule,
  { callee, arguments: given }: CallExpression,
): 'at once' | 'later' | undefined {
  const root = rootOf(callee);
  const name = lastName(callee) ?? '';
  if (root.type !== 'Identifier') return undefined;
  const exported = COMPARERS.get(specifierOf(module, root.name) ?? '');
  if (!exported?.test(name)) return undefined;
  if (AT_ONCE.test(name)) return 'at once';
  return given.some(({ type }) => /Function/.test(type)) ? undefined : 'later';
}
