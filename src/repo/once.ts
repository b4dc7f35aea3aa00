/** Computes a value once for each object that it is about (a repository, an app, a list), as long as that lives. */
export function oncePer<Subject extends object, T>(
  compute: (subject: Subject) => T,
): (subject: Subject) => T {
  const results = new WeakMap<Subject, { readonly value: T }>();
  return (subject) => {
    let result = results.get(subject);
    if (!result) {
      result = { value: compute(subject) };
      results.set(subject, result);
    }
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
