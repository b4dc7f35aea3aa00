import type { Edit, Repo } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { splice } from '../../../src/edit/spans.ts';
import { indentOf, openTs } from '../../../src/edit/ts-file.ts';
import { cutEntries, listEntryAround } from '../../../src/edit/ts-lists.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { peekTypedModule } from '../../../src/read/code/typed-module.ts';
import type { NavLink } from '../read/navigation.ts';

/** Takes the entries of these links out of their lists; undefined where one is of another shape, or a list would be empty. */
export function withoutLinks(repo: Repo, path: string, offsets: readonly number[]): Edit | undefined {
  const text = repo.text(path);
  const file = openTs(path, text);
  const entries = offsets.map((at) => listEntryAround(file, text, at));
  const known = entries.flatMap((entry) => entry ?? []);
  const spans = known.length === entries.length ? cutEntries(text, known) : undefined;
  return spans && splice(repo, path, spans);
}

/** Adds a page to the list of links that has most of them; undefined where its entries are of another shape. */
export function withLink(
  repo: Repo,
  links: readonly NavLink[],
  href: string,
  label: string,
): Edit | undefined {
  const path = busiest(links);
  const module = path === undefined ? undefined : peekTypedModule(repo, path);
  if (!module || path === undefined) return undefined;
  const { text } = module;
  for (const link of neighborsFirst(
    links.filter((each) => each.path === path),
    href,
  )) {
    const nodes = nodesAt(module, link.at);
    const index = nodes.findLastIndex(({ type }) => type === 'ObjectExpression');
    const [record, list] = [nodes[index], nodes[index - 1]];
    if (record?.type !== 'ObjectExpression' || list?.type !== 'ArrayExpression') continue;
    const entry = entryLike(text, record, href, label);
    if (entry !== undefined)
      return splice(repo, path, [insertion(record.end, `,\n${indentOf(text, record.start)}${entry}`)]);
  }
  return undefined;
}

function busiest(links: readonly NavLink[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { path } of links) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** What people look for beside it: where things are built and run. */
function neighborsFirst(links: readonly NavLink[], href: string): readonly NavLink[] {
  const beside = /pipelines$/.test(href) ? /\/(?:build|environments)$/ : /$^/;
  return [...links.filter((link) => beside.test(link.href)), ...links.toReversed()];
}

/** `{ href: "/there", label: "There" }` as the entry beside it is written, where that holds nothing else. */
function entryLike(
  text: string,
  {
    start,
    end,
    properties,
  }: { readonly start: number; readonly end: number; readonly properties: readonly unknown[] },
  href: string,
  label: string,
): string | undefined {
  const entry = text.slice(start, end);
  if (properties.length !== 2) return undefined;
  const filled = entry
    .replace(/\b(href\s*:\s*)(["'])[^"']*\2/, (_, head: string, quote: string) => head + quote + href + quote)
    .replace(
      /\b((?:label|name|title)\s*:\s*)(["'])[^"']*\2/,
      (_, head: string, quote: string) => head + quote + label + quote,
    );
  return filled.includes(href) && filled.includes(label) ? filled : undefined;
}
