/** Text as a part of a pattern: a path may hold `[id]`, `(group)` and `c++`. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
