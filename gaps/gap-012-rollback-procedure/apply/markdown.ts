const WIDTH = 118;
/** Words; code stays together. */
const WORD = /(?:`[^`\n]*`|[^\s`])+|`/g;

/** Paragraphs broken into lines again: what was filled in has made some of them long. */
export function wrapped(text: string): string {
  return text
    .split(/(^```[\s\S]{0,5000}?^```$)/m)
    .map((part) => (part.startsWith('```') ? part : part.replace(/\n{3,}/g, '\n\n')))
    .map((part) => (part.startsWith('```') ? part : part.split('\n\n').map(wrappedBlock).join('\n\n')))
    .join('');
}

function wrappedBlock(block: string): string {
  if (/^\s*(?:#|\|)/.test(block) || block.trim() === '') return block;
  const lines: string[] = [];
  for (const word of block.match(WORD) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const start = block.length - block.trimStart().length;
  return block.slice(0, start) + lines.join('\n') + block.slice(block.trimEnd().length);
}

/** Fills `{{name}}`. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Names as code, in a sentence. */
export function codes(names: readonly string[]): string {
  const all = names.map((name) => `\`${name}\``);
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
