/**
 * What was asked for and could not be read while something was worked out. A file that is no UTF-8, is too large or
 * may not be opened looks like a file that says nothing; an answer that did not take it in must not claim to be whole.
 * Work is synchronous, so that one list of collectors serves all: the innermost is the last.
 */
const collectors: Set<string>[] = [];

/** Notes a path for everybody who is collecting now. */
export function noteUnread(path: string): void {
  for (const collector of collectors) collector.add(path);
}

/** The value, and the paths that were noted while it was made. */
export function collectUnread<T>(work: () => T): { readonly value: T; readonly unread: readonly string[] } {
  const collector = new Set<string>();
  collectors.push(collector);
  try {
    return { value: work(), unread: [...collector] };
  } finally {
    collectors.splice(collectors.indexOf(collector), 1);
  }
}
