import { collectUnread, noteUnread } from './unread.ts';

/** Computes a value once for each object that it is about (a repository, an app, a list), as long as that lives. */
export function oncePer<Subject extends object, T>(
  compute: (subject: Subject) => T,
): (subject: Subject) => T {
  const results = new WeakMap<Subject, { readonly value: T; readonly unread: readonly string[] }>();
  return (subject) => {
    const known = results.get(subject);
    // Whoever gets the remembered answer has not seen either what it could not read.
    known?.unread.forEach(noteUnread);
    const result = known ?? collectUnread(() => compute(subject));
    results.set(subject, result);
    return result.value;
  };
}

/** Computes a value at its first use and remembers it. */
export function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}
