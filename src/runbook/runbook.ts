import type { Heading, List, ListItem, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { GapId, Priority } from '../contract.ts';
import { GAP_HEADING } from './heading.ts';

/** One gap as a runbook describes it. */
export interface RunbookGap {
  readonly id: GapId;
  readonly title: string;
  /** Of the heading that it stands under; absent where none names one. */
  readonly priority?: Priority;
  readonly problem?: string;
  /** The files that it names. */
  readonly files: readonly string[];
  /** As in the execution order: '5 min'. */
  readonly effort?: string;
  readonly line: number;
}

/** What a runbook says: its gaps as they stand, and the order in which it wants them closed. */
export interface Runbook {
  readonly path: string;
  readonly gaps: readonly RunbookGap[];
  readonly order: readonly GapId[];
}

const PRIORITY_HEADING = /^(P[0-3])(?![\w])/;
const ORDER_HEADING = /^execution order\b/i;
const ORDER_ITEM = /^\s*(GAP-\d{3})\b\s*(?:\(([^)]*)\))?/;

/** Parses a runbook. Whatever it does not know is skipped: headings, fences and prose of any kind. */
export async function parseRunbook(path: string, text: string): Promise<Runbook> {
  const { fromMarkdown } = await import('mdast-util-from-markdown');
  const root: Root = fromMarkdown(text);
  const { order, efforts } = readOrder(root);
  const gaps = sectionsOf(root).map(({ heading, priority, body }): RunbookGap => {
    const [, id = '', title = ''] = GAP_HEADING.exec(textOf(heading)) ?? [];
    const problem = labelled(body, /^problem$/i);
    const effort = efforts.get(id);
    return {
      id: gapId(id),
      title: title.trim(),
      ...(priority === undefined ? {} : { priority }),
      ...(problem === undefined ? {} : { problem: afterLabel(problem) }),
      files: filesIn(body),
      ...(effort === undefined ? {} : { effort }),
      line: heading.position?.start.line ?? 1,
    };
  });
  return { path, gaps, order };
}

/** Headings, numbered items, and what may hide a heading: fences and HTML comments. */
const OUTLINE = /^ {0,3}(#|\d+[.)]|```|~~~)|<!--|-->/;

/**
 * The text with every line emptied that ids, titles, priorities and the order do not need. Parsing prose costs
 * more than a bare Node start; line numbers stay.
 */
export function outlineOf(text: string): string {
  return text
    .split('\n')
    .map((line) => (OUTLINE.test(line) ? line : ''))
    .join('\n');
}

/** `GAP-NNN` from the text that a pattern has matched. */
function gapId(text: string): GapId {
  return `GAP-${text.slice('GAP-'.length)}`;
}

interface Section {
  readonly heading: Heading;
  readonly priority: Priority | undefined;
  readonly body: readonly RootContent[];
}

/** Each gap's heading with what stands under it, up to the next heading that is not deeper. */
function sectionsOf({ children }: Root): readonly Section[] {
  let priority: Priority | undefined;
  return children.flatMap((node, index): Section[] => {
    if (node.type !== 'heading') return [];
    const title = textOf(node);
    if (GAP_HEADING.test(title)) {
      const rest = children.slice(index + 1);
      const end = rest.findIndex((other) => other.type === 'heading' && other.depth <= node.depth);
      return [{ heading: node, priority, body: end === -1 ? rest : rest.slice(0, end) }];
    }
    if (node.depth <= 2) priority = priorityOf(title);
    return [];
  });
}

function priorityOf(title: string): Priority | undefined {
  const [, found] = PRIORITY_HEADING.exec(title) ?? [];
  return (['P0', 'P1', 'P2', 'P3'] as const).find((priority) => priority === found);
}

function readOrder({ children }: Root) {
  const order: GapId[] = [];
  const efforts = new Map<string, string>();
  const start = children.findIndex((node) => node.type === 'heading' && ORDER_HEADING.test(textOf(node)));
  const list = children.slice(start + 1).find((node) => node.type === 'list' || node.type === 'heading');
  const items = start !== -1 && list?.type === 'list' && list.ordered ? list.children : [];
  for (const item of items) {
    const [, id, effort] = ORDER_ITEM.exec(textOfItem(item)) ?? [];
    if (id === undefined) continue;
    order.push(gapId(id));
    if (effort !== undefined) efforts.set(id, effort);
  }
  return { order, efforts };
}

/** The paragraph that opens with a bold label: `**Problem**: …`. */
function labelled(body: readonly RootContent[], label: RegExp): Paragraph | undefined {
  return body.find((node): node is Paragraph => node.type === 'paragraph' && label.test(labelOf(node)));
}

function labelOf({ children }: Paragraph): string {
  const first = children[0];
  return first?.type === 'strong' ? textOf(first).replace(/:$/, '').trim() : '';
}

function afterLabel({ children }: Paragraph): string {
  const text = children.slice(1).map(textOfPhrase).join('');
  return text.replace(/^\s*:\s*/, '').trim();
}

/** Code that reads as a path, in the `Files to …` paragraph and in the items of the list after it. */
function filesIn(body: readonly RootContent[]): readonly string[] {
  const label = labelled(body, /^files?\b/i);
  if (!label) return [];
  const next = body[body.indexOf(label) + 1];
  const items = next?.type === 'list' ? next.children.map(firstParagraph) : [];
  return [label.children.slice(1), ...items.map((item) => (startsWithCode(item) ? item : []))].flatMap(
    pathsIn,
  );
}

function firstParagraph({ children }: List['children'][number]): readonly PhrasingContent[] {
  return children[0]?.type === 'paragraph' ? children[0].children : [];
}

function startsWithCode(phrases: readonly PhrasingContent[]): boolean {
  return phrases[0]?.type === 'inlineCode';
}

function pathsIn(phrases: readonly PhrasingContent[]): string[] {
  return phrases.flatMap((phrase) =>
    phrase.type === 'inlineCode' && /[./]/.test(phrase.value) && !/\s/.test(phrase.value)
      ? [phrase.value]
      : [],
  );
}

function textOfItem(item: ListItem): string {
  return firstParagraph(item).map(textOfPhrase).join('');
}

function textOf({ children }: { readonly children: readonly PhrasingContent[] }): string {
  return children.map(textOfPhrase).join('');
}

function textOfPhrase(phrase: PhrasingContent): string {
  if ('children' in phrase) return textOf(phrase);
  return 'value' in phrase ? phrase.value : '';
}
