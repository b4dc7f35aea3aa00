import { headers } from 'next/headers';

/**
 * Caches a lookup for the duration of a request. A route that reads the session twice gets the same result, even if
 * the database fails or recovers in between, so nobody is treated as a guest for part of a request.
 */
export function oncePerRequest<T extends object | string>(lookUp: (key: string) => T): (key: string) => T {
  const kept = new WeakMap<object, Map<string, T>>();
  return (key) => {
    const request = currentRequest();
    if (!request) return lookUp(key);
    const answers = kept.get(request) ?? new Map<string, T>();
    kept.set(request, answers);
    const answer = answers.get(key) ?? lookUp(key);
    answers.set(key, answer);
    return answer;
  };
}

/** An object that Next.js keeps for the duration of a request; undefined outside of a request. */
function currentRequest(): object | undefined {
  try {
    return headers();
  } catch {
    return undefined;
  }
}
