import type { GapMeta } from '../contract.ts';

const COLUMNS = 72;

/** The message of a gap's commit: what, why, what else, and where it comes from (git-interpret-trailers). */
export function commitMessage(
  { id, title, problem }: Pick<GapMeta, 'id' | 'title' | 'problem'>,
  alsoChanges: readonly string[],
  runId: string,
): string {
  const body = [problem, ...alsoChanges].map(wrapped).join('\n');
  return `fix(${id}): ${title}\n\n${body}\n\nGap: ${id}\nAims-fix-run: ${runId}\n`;
}

/** Words in lines. A word that is longer, a path for one, has a line to itself. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= COLUMNS)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines.join('\n');
}
