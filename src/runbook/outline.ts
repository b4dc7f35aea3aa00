import type { GapId, Priority } from '../contract.ts';
import { GAP_HEADING } from './heading.ts';
import type { Runbook, RunbookGap } from './runbook.ts';

/** A fence or a comment that is not closed goes on to the end. */
const HIDDEN = /^ {0,3}(```|~~~)[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))|<!--[\s\S]*?(?:-->|(?![\s\S]))/gm;
const LINE = /^ {0,3}(#{1,6})[ \t]+([^ \t].*)?$|^ {0,3}\d+[.)][ \t]+([^ \t].*)?$/;
/** What may stand behind a heading's text. */
const CLOSING = /(?<![ \t#])[ \t#]+$/;
const PRIORITY = /^(P[0-3])(?![\w])/;
const ITEM = /^\s*(GAP-\d{3})\b\s*(?:\(([^)]*)\))?/;

/**
 * What a runbook says of ids, titles, priorities and the order, line by line: enough to see that it says what the
 * tool says, at a twentieth of what parsing it costs. Where it seems to differ, the parser has the word.
 */
export function readOutline(path: string, text: string): Runbook {
  const gaps: RunbookGap[] = [];
  const order: GapId[] = [];
  let priority: Priority | undefined;
  let isOrder = false;
  const lines = text.replace(HIDDEN, (hidden) => hidden.replace(/[^\n]/g, '')).split('\n');
  for (const [index, line] of lines.entries()) {
    const [, marks, heading, item] = LINE.exec(line) ?? [];
    if (item !== undefined && isOrder) order.push(...idIn(ITEM, item));
    if (marks === undefined) continue;
    const title = plain((heading ?? '').replace(CLOSING, ''));
    isOrder = /^execution order\b/i.test(title);
    const [id] = idIn(GAP_HEADING, title);
    const named = { title: (GAP_HEADING.exec(title)?.[2] ?? '').trim(), line: index + 1, files: [] };
    if (id !== undefined) gaps.push({ id, ...named, ...(priority === undefined ? {} : { priority }) });
    else if (marks.length <= 2) priority = priorityOf(title);
  }
  return { path, gaps, order };
}

function plain(text: string): string {
  return text.replace(/[*_`]/g, '');
}

function idIn(pattern: RegExp, text: string): readonly GapId[] {
  const id = pattern.exec(plain(text))?.[1];
  return id === undefined ? [] : [`GAP-${id.slice('GAP-'.length)}`];
}

function priorityOf(title: string): Priority | undefined {
  const found = PRIORITY.exec(title)?.[1];
  return (['P0', 'P1', 'P2', 'P3'] as const).find((priority) => priority === found);
}
