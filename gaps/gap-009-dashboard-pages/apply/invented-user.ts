import type { Node, ObjectExpression } from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { cutItems } from '../../../src/edit/list-cuts.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import type { Outcome, PageContext } from './page-part.ts';

/** Takes an invented user out of what a page sends, where the route takes whoever is signed in. */
export function inventedUserPart(page: PageContext, at: number): Outcome {
  const nodes = nodesAt(page.module, at);
  const index = nodes.findLastIndex(({ type }) => type === 'Property');
  const [property, record] = [nodes[index], nodes[index - 1]];
  if (!property || record?.type !== 'ObjectExpression') return { refused: 'names the user in an address' };
  const route = routeOf(page, nodes);
  if (route === undefined || !takesSession(page, route))
    return { refused: 'asks a route that does not take the user from the session' };
  return { spans: cut(page, record, property), imports: [], files: [] };
}

function cut(
  { module: { text } }: PageContext,
  { properties }: ObjectExpression,
  property: Node,
): readonly Span[] {
  const index = properties.findIndex(({ start }) => start === property.start);
  return cutItems(text, properties, new Set([index]));
}

/** The file of the route that the call around it asks. */
function routeOf({ repo, app, module }: PageContext, nodes: readonly Node[]): string | undefined {
  for (const node of nodes.toReversed()) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'fetch')
      continue;
    const [address] = node.arguments;
    const url = address && module.text.slice(address.start + 1, address.end - 1);
    return routeHandlers(repo, app).find((each) => each.url === url)?.path;
  }
  return undefined;
}

function takesSession({ repo }: PageContext, route: string): boolean {
  return (
    repo.mentions(route, /\buserId\b\s*[=:]/) && repo.mentions(route, /getServerSession\(|getSessionUserId\(/)
  );
}
