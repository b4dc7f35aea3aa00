import type { CallExpression, Node } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../repo/repo.ts';
import { propertyOf } from './credentials-providers.ts';
import { callsBehind, type DoorCall } from './door-calls.ts';
import { constantBehind, type Origin, originOf } from './origins.ts';
import { addressOf } from './own-address.ts';
import { lastName, ownFunction, rootOf, specifierOf } from './own-functions.ts';
import { PARAMS, type PasswordDoor } from './password-doors.ts';
import { HASHERS, LOOKS_UP, NO_KEEPERS, REQUEST_PACKAGES } from './tables.ts';
import { isShapeOnly, typedInput } from './typed-input.ts';
import { holdsProof } from './typed-values.ts';

/** Who can tell whether a typed password is the right one, and the file in which a door asks. */
export type PasswordKeeper = { readonly path: string } & (
  | { readonly kind: 'store' | 'service' | 'constant' }
  /** One password for everybody who gets in: whoever deploys the app has set it. */
  | { readonly kind: 'environment'; readonly name: string }
);

/** Strongest first: a service that is asked keeps the passwords though its people are stored here as well. */
const RANK: readonly PasswordKeeper['kind'][] = ['store', 'service', 'environment', 'constant'];

/** Every field but the password, which alone says who keeps it. */
const NO_PASSWORD = /^(?!.*(?:pass|pwd|^pw$|secret)).*$/i;

/** Who keeps the password that a door asks for; undefined where the door asks nobody, or where it is not to be seen. */
export function keeperOf(repo: Repo, app: NextApp, { kind, door }: PasswordDoor): PasswordKeeper | undefined {
  const input = typedInput(door.node, PARAMS[kind], NO_PASSWORD);
  const calls = callsBehind(repo, app, door, input, NO_PASSWORD);
  const keepers = calls.flatMap((call) => keeperIn(repo, app, call) ?? []);
  const byRank = RANK.flatMap((kind) => keepers.find((each) => each.kind === kind) ?? []);
  return byRank[0];
}

/** The file in which a door looks up who it is that signs in, or writes it down. */
export function lookupOf(repo: Repo, app: NextApp, { door, input }: PasswordDoor): string | undefined {
  return callsBehind(repo, app, door, input).find(isLookup)?.module.path;
}

/** The file in which a door hands what was typed to another service. */
export function serviceOf(repo: Repo, app: NextApp, { door, input }: PasswordDoor): string | undefined {
  return callsBehind(repo, app, door, input).find(({ node, module, input: typed }) => {
    if (node.type !== 'CallExpression') return false;
    const holds = node.arguments.some((each) => holdsProof(typed.of(each)));
    return asksService(repo, app, module, node, holds);
  })?.module.path;
}

function isLookup({ module, node }: DoorCall): boolean {
  return LOOKS_UP.test(module.text.slice(node.start, node.end));
}

function keeperIn(repo: Repo, app: NextApp, call: DoorCall): PasswordKeeper | undefined {
  const { module, node, input } = call;
  const { path } = module;
  if (node.type === 'BinaryExpression') return comparedWith(repo, app, call, [node.left, node.right]);
  if (node.type === 'TaggedTemplateExpression')
    return holdsProof(input.of(node.quasi)) ? { kind: 'store', path } : undefined;
  if (node.type !== 'CallExpression' || !node.arguments.some((each) => holdsProof(input.of(each))))
    return undefined;
  const specifier = hasherOf(module, node);
  if (specifier !== undefined) {
    const compared = comparedWith(repo, app, call, node.arguments);
    const isPlain = lastName(node.callee) === 'timingSafeEqual' || /^(?:node:)?crypto$/.test(specifier);
    return compared?.kind === 'environment' || isPlain ? compared : { kind: 'store', path };
  }
  if (/^(?:compare|verify|check|validate|match)\w{0,12}Password$/i.test(lastName(node.callee) ?? ''))
    return { kind: 'store', path };
  if (asksService(repo, app, module, node, true)) return { kind: 'service', path };
  return isLookup(call) ? { kind: 'store', path } : undefined;
}

function hasherOf(module: SourceModule, { callee }: CallExpression): string | undefined {
  const root = rootOf(callee);
  const specifier = root.type === 'Identifier' ? specifierOf(module, root.name) : undefined;
  return specifier !== undefined && HASHERS.test(specifier) ? specifier : undefined;
}

/** What a typed password is compared with: a variable of the environment, something written down, or a record. */
function comparedWith(
  repo: Repo,
  app: NextApp,
  { module, node, input }: DoorCall,
  sides: readonly Node[],
): PasswordKeeper | undefined {
  const { path } = module;
  const isPassword = (each: Node) =>
    holdsProof(input.of(each)) && /pass|pwd|secret|\bpw\b/i.test(module.text.slice(each.start, each.end));
  if (!sides.some(isPassword)) return undefined;
  const name = environmentIn(repo, app, module, node);
  if (name !== undefined) return { kind: 'environment', path, name };
  if (sides.some((each) => ['found', 'foreign'].includes(input.of(each)))) return { kind: 'store', path };
  const isWritten = sides.some(
    (each) => each.type === 'Literal' && typeof each.value === 'string' && each.value !== '',
  );
  return isWritten ? { kind: 'constant', path } : undefined;
}

function environmentIn(repo: Repo, app: NextApp, module: SourceModule, node: Node): string | undefined {
  const text = module.text.slice(node.start, node.end);
  const [, name] = /\benv(?:\.|\[['"])(\w+)/.exec(text) ?? [];
  if (name !== undefined) return name;
  for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
    const constant = constantBehind(repo, app, module, word);
    const value = constant?.module.text.slice(constant.node.start, constant.node.end) ?? '';
    const [, variable] = /^[^(]{0,40}\benv(?:\.|\[['"])(\w+)/.exec(value) ?? [];
    if (variable !== undefined) return variable;
  }
  return undefined;
}

const SENDS =
  /^(?:post|put|patch|get|request|mutate|mutation|query|send|fetch|create|call|login|log_?in|sign_?in\w*|authenticate|auth\w*|bind|connect)$/i;
const GLOBAL_FETCH = /^\$?fetch$/;

/**
 * Whether a call hands what it gets to another service.
 * @param holds whether it is known to get a password; else its words must say so
 */
export function asksService(
  repo: Repo,
  app: NextApp,
  module: SourceModule,
  call: CallExpression,
  holds = holdsPassword(module, call),
): boolean {
  const { callee } = call;
  const name = lastName(callee) ?? '';
  // What a function of the repository does is seen in it.
  if (isShapeOnly(call) || ownFunction(repo, app, module, callee)) return false;
  const origin = originOf(repo, app, module, callee);
  if (callee.type === 'Identifier' && GLOBAL_FETCH.test(name) && !origin)
    return isElsewhere(repo, app, module, call);
  if (!origin) return /^(?:bind|connect)$/.test(name) && holds;
  if (NO_KEEPERS.test(origin.specifier) || HASHERS.test(origin.specifier)) return false;
  if (REQUEST_PACKAGES.test(origin.specifier)) return isElsewhere(repo, app, module, call, origin);
  return SENDS.test(name) && !LOOKS_UP.test(`.${name}(`) && holds;
}

function holdsPassword(module: SourceModule, { arguments: given }: CallExpression): boolean {
  return given.some((each) =>
    /passw|pwd|\bpw\b|secret|credentials/i.test(module.text.slice(each.start, each.end)),
  );
}

/** Its address is told, or that of the client with which it is sent; what says neither is asked elsewhere. */
function isElsewhere(
  repo: Repo,
  app: NextApp,
  module: SourceModule,
  call: CallExpression,
  origin?: Origin,
): boolean {
  const base = origin?.made && clientAddress(origin.made.node);
  const [target] = call.arguments;
  const path = target && urlIn(target);
  if (base && origin?.made) {
    const { module: home } = origin.made;
    return addressOf(repo, app, home, base, path && { module, node: path })?.kind !== 'own';
  }
  return !path || addressOf(repo, app, module, path)?.kind !== 'own';
}

/** `axios({ url })`, `axios.request({ url })`. */
function urlIn(target: Node): Node {
  return (target.type === 'ObjectExpression' ? propertyOf(target, 'url') : undefined) ?? target;
}

/** The address that a client is made with: `axios.create({ baseURL })`, `new HttpLink({ uri })`. */
function clientAddress(made: Node): Node | undefined {
  if (made.type !== 'CallExpression' && made.type !== 'NewExpression') return undefined;
  for (const each of made.arguments) {
    if (each.type === 'Literal' || each.type === 'TemplateLiteral') return each;
    if (each.type !== 'ObjectExpression') continue;
    for (const name of ['baseURL', 'baseUrl', 'prefixUrl', 'prefix', 'uri', 'url']) {
      const value = propertyOf(each, name);
      if (value) return value;
    }
    const link = propertyOf(each, 'link');
    const inner = link && clientAddress(link);
    if (inner) return inner;
  }
  return undefined;
}
