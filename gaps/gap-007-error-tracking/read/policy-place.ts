import type { Node } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';

/** Words for people, not headers. */
const SPEAKS = /^(?:console|log(?:ger)?|toast|alert|notify|warn|assert|expect|describe|test|it)\b/;
const ANSWERS = /^(?:new\s+)?(?:Next)?Response\b|^(?:Next)?Response\.(?:json|redirect|error)\b/;
/** Addresses below which no page is: interfaces, files. */
const NO_PAGES =
  /^\/(?:api|_next|static|assets?|images?|img|fonts?|uploads?|files?|media)(?:\/|$)|\.\w{2,5}\)?\$?$/;

/**
 * Whether a policy that is written at an offset is one of pages. The policy of an answer that is no page, of pictures
 * that Next.js scales, or of some addresses is not, and neither is a text that speaks of one.
 */
export function governsPages(module: SourceModule, at: number): boolean {
  const around = nodesAt(module, at);
  return !around.some((node, index) => isElsewhere(module, node, around.slice(index + 1)));
}

function isElsewhere(module: SourceModule, node: Node, below: readonly Node[]): boolean {
  const text = () => module.text.slice(node.start, node.end);
  switch (node.type) {
    case 'ThrowStatement':
    case 'JSXText':
      return true;
    case 'Literal':
      return node.value instanceof RegExp || 'regex' in node;
    case 'NewExpression':
      return /^new\s+\w*Error\b/.test(text()) || isOtherAnswer(module, node.arguments, text());
    case 'CallExpression':
      return SPEAKS.test(text()) || isOtherAnswer(module, node.arguments, text());
    case 'ObjectExpression':
      return isOfSomeAddresses(node) || isOfPictures(node, below);
    default:
      return false;
  }
}

/** `new Response('Bad request', { headers })`: an answer of its own, which is no HTML. */
function isOtherAnswer(module: SourceModule, parameters: readonly Node[], text: string): boolean {
  if (!ANSWERS.test(text) || /text\/html/i.test(text)) return false;
  const [body] = parameters;
  const written = body ? module.text.slice(body.start, body.end) : 'null';
  return !/^(?:null|undefined)$/.test(written) || /^(?:Next)?Response\./.test(text);
}

/** `{ source: '/api/:path*', headers: [...] }` of next.config. */
function isOfSomeAddresses(node: Node): boolean {
  const source = propertyOf(node, 'source');
  return source?.type === 'Literal' && typeof source.value === 'string' && NO_PAGES.test(source.value);
}

/** `images: { contentSecurityPolicy: "..." }`. */
function isOfPictures(node: Node, below: readonly Node[]): boolean {
  const policy = propertyOf(node, 'contentSecurityPolicy');
  return policy !== undefined && below.includes(policy);
}

function propertyOf(node: Node, name: string): Node | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties)
    if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === name)
      return property.value;
  return undefined;
}
