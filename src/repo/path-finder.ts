/**
 * Finds the paths that a pattern matches. One search over all of them, a line each, is faster than a search in every
 * one; a match that runs over the end of its line proves nothing, so the path where it starts is asked for itself, by
 * the same search: it is compiled already, and on one line the two mean the same.
 */
export function pathFinder(paths: readonly string[]): (pattern: RegExp) => readonly string[] {
  // A path may hold what ends a line itself.
  if (paths.some((path) => /[\n\r\u2028\u2029]/.test(path)))
    return (pattern) => paths.filter((path) => pattern.test(path));
  const lines = paths.join('\n');
  const ends: number[] = [];
  for (const path of paths) ends.push((ends.at(-1) ?? -1) + path.length + 1);
  return (pattern) => {
    const search = new RegExp(pattern.source, `${pattern.flags.replace(/[gmy]/g, '')}gm`);
    const found: string[] = [];
    let index = 0;
    for (let match = search.exec(lines); match && index < paths.length; match = search.exec(lines)) {
      while ((ends[index] ?? lines.length) < match.index) index += 1;
      const path = paths[index] ?? '';
      search.lastIndex = 0;
      if (search.test(path)) found.push(path);
      search.lastIndex = (ends[index] ?? lines.length) + 1;
      index += 1;
    }
    return found;
  };
}
