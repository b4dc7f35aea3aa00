import type { Node } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../repo/repo.ts';
import { routeHandlers } from '../next/next-routes.ts';
import { constantBehind } from './origins.ts';
import { lastName } from './own-functions.ts';

/** Where a request goes: to a route of the app itself, or to somebody else; undefined where that is not to be seen. */
export type Address =
  | { readonly kind: 'own'; readonly route: string }
  | { readonly kind: 'elsewhere' }
  | undefined;

/** A text as far as it is known: what stands first, and the path behind it. */
interface Known {
  /** `own`: this app's origin; `maybe`: its origin if the app serves the path. */
  readonly base: 'own' | 'maybe' | 'elsewhere' | 'unknown';
  readonly path: string;
}

const UNKNOWN: Known = { base: 'unknown', path: '' };
/** Names under which an app keeps its own origin. */
const OWN_ORIGIN =
  /^(?:NEXT_PUBLIC_)?(?:NEXTAUTH|AUTH|VERCEL|APP|SITE|WEB|WEBSITE|PUBLIC|ROOT|BASE|SELF|FRONTEND|DOMAIN|DEPLOYMENT|NEXT)?_?(?:BASE_|PUBLIC_|APP_|SITE_)?(?:URL|ORIGIN|DOMAIN|HOST)(?:_INTERNAL)?$/;
const OWN_WORDS = /\borigin\b|nextUrl|\breq(?:uest)?\.url\b|base_?url|absolute_?url|site_?url|app_?url/i;

/**
 * Where the address in a node leads, for a module of this app.
 * @param rest what a client puts behind it
 */
export function addressOf(
  repo: Repo,
  app: NextApp,
  module: SourceModule,
  node: Node,
  rest?: { readonly module: SourceModule; readonly node: Node },
): Address {
  const start = known(repo, app, module, node);
  const { base, path } = rest ? followed(start, known(repo, app, rest.module, rest.node)) : start;
  const route = routeAt(repo, app, path);
  if (base === 'elsewhere') return { kind: 'elsewhere' };
  if (route !== undefined && base !== 'unknown') return { kind: 'own', route };
  return base === 'own' && /^\/[^/]/.test(path) ? { kind: 'elsewhere' } : undefined;
}

/** The file that serves an address of the app; undefined where none does. */
export function routeAt(repo: Repo, app: NextApp, path: string): string | undefined {
  const asked = path.split(/[?#]/, 1).join().replace(/\/$/, '').split('/');
  const isServed = (url: string) => {
    const segments = url.split('/');
    const rest = segments.findIndex((segment) => segment.includes('[...'));
    if (rest === -1 ? segments.length !== asked.length : asked.length < rest) return false;
    const fixed = rest === -1 ? segments : segments.slice(0, rest);
    return fixed.every((segment, index) => segment.startsWith('[') || segment === asked[index]);
  };
  return path.startsWith('/') ? routeHandlers(repo, app).find(({ url }) => isServed(url))?.path : undefined;
}

const DEEPEST = 6;

function known(repo: Repo, app: NextApp, module: SourceModule, node: Node, depth = 0): Known {
  if (depth > DEEPEST) return UNKNOWN;
  const of = (other: Node) => known(repo, app, module, other, depth + 1);
  const put = knownTogether(node, of);
  if (put) return put;
  const text = module.text.slice(node.start, node.end);
  const variable = /^(?:process\.)?env\??(?:\.|\[['"])(\w+)/.exec(text)?.[1];
  if (variable !== undefined) return knownVariable(variable);
  const constant = node.type === 'Identifier' ? constantBehind(repo, app, module, node.name) : undefined;
  if (constant) return known(repo, app, constant.module, constant.node, depth + 1);
  return OWN_WORDS.test(text) ? { base: 'maybe', path: '' } : UNKNOWN;
}

/** What an expression that puts an address together says by its parts; undefined where it is none. */
function knownTogether(node: Node, of: (node: Node) => Known): Known | undefined {
  switch (node.type) {
    case 'Literal':
      return knownText(String(node.value));
    case 'TemplateLiteral':
      return knownTemplate(node, of);
    case 'BinaryExpression':
      return followed(of(node.left), of(node.right));
    case 'LogicalExpression':
      return first(of(node.left), of(node.right));
    case 'ConditionalExpression':
      return first(of(node.consequent), of(node.alternate));
    case 'AwaitExpression':
      return of(node.argument);
    case 'ChainExpression':
      return of(node.expression);
    case 'NewExpression':
    case 'CallExpression':
      return knownCall(node, of);
    default:
      return undefined;
  }
}

/** `new URL(path, base)`, `absoluteUrl(path)`. */
function knownCall(
  node: Extract<Node, { readonly type: 'NewExpression' | 'CallExpression' }>,
  of: (node: Node) => Known,
): Known | undefined {
  const [path, base] = node.arguments;
  if (!path) return undefined;
  if (node.type === 'NewExpression') return base ? followed(of(base), of(path)) : of(path);
  return OWN_WORDS.test(lastName(node.callee) ?? '')
    ? followed({ base: 'own', path: '' }, of(path))
    : undefined;
}

function knownText(text: string): Known {
  const [, host, path = ''] = /^https?:\/\/([^/\s]{1,200})(\/\S{0,400})?/.exec(text) ?? [];
  if (host !== undefined)
    return { base: /^(?:localhost|127\.0\.0\.1):3000$/.test(host) ? 'maybe' : 'elsewhere', path };
  return { base: text.startsWith('/') && !text.startsWith('//') ? 'own' : 'unknown', path: text };
}

function knownVariable(name: string): Known {
  return { base: OWN_ORIGIN.test(name) ? 'maybe' : 'elsewhere', path: '' };
}

function knownTemplate(
  { quasis, expressions }: Extract<Node, { readonly type: 'TemplateLiteral' }>,
  of: (node: Node) => Known,
): Known {
  const texts = quasis.map(({ value }) => value.raw);
  const [start = '', ...rest] = texts;
  const isHost = start === '' || /^https?:\/\/$/.test(start);
  const [base] = expressions;
  if (!isHost || !base) return knownText(texts.join(':any'));
  return followed(of(base), { base: 'own', path: rest.join(':any') });
}

/** What two texts after each other are; a base without a slash is not told from one with it. */
function followed(base: Known, rest: Known): Known {
  if (rest.base === 'elsewhere') return rest;
  const path = `${base.path.replace(/\/$/, '')}/${rest.path.replace(/^\//, '')}`;
  return { base: base.base, path };
}

function first(left: Known, right: Known): Known {
  return left.base === 'unknown' ? right : left;
}
