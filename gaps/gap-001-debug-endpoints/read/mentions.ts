/** Where a text names a url, whole: `/api/test/groq`, behind a host or a variable, with or without a query. */
export function mentionsOf(text: string, url: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(url); at !== -1; at = text.indexOf(url, at + url.length))
    if (isWhole(text, at, url.length)) found.push(at);
  return found;
}

/** Not a part of a longer url, nor of the path of a file. */
function isWhole(text: string, at: number, length: number): boolean {
  const after = text.slice(at + length, at + length + 40);
  const before = text.slice(Math.max(0, at - 8), at);
  return !/^(?:[\w-]|\.\w|\/[\w.$[{-])/.test(after) && !/(?:^|[^\w])(?:app|pages|src)$/.test(before);
}

/** A place as people name it: `app/page.tsx:12`. */
export function placeIn(path: string, text: string, at: number): string {
  return `${path}:${text.slice(0, at).split('\n').length}`;
}
