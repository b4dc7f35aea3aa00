import { headers } from 'next/headers';

/**
 * Looks a key up once in a request, however often it is asked for. A route that reads the session twice gets one
 * answer: a database that fails or returns in between cannot make a guest of somebody for a part of the request.
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

/** An object that Next.js keeps for as long as a request; undefined outside of one. */
function currentRequest(): object | undefined {
  try {
    return headers();
  } catch {
    return undefined;
  }
}
