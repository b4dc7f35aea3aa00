import type { GapMeta } from '../src/contract.ts';

/** The README's table of gaps, in execution order. */
export function gapTable(metas: readonly GapMeta[]): string {
  const rows = metas.map(
    ({ id, priority, title, effort, fix }, index) =>
      `| ${index + 1} | ${id} | ${priority} | ${title} | ${effort} | ${fix} |`,
  );
  return [
    '| # | Gap | Priority | Title | Effort | Fix |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Replaces what stands between `<!-- begin generated: name -->` and its end marker. Throws when they are missing. */
export function replaceBetween(text: string, name: string, content: string): string {
  const begin = `<!-- begin generated: ${name} -->`;
  const end = `<!-- end generated: ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`README.md lacks the markers ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}
