import type { Cleanup } from './cleanup.ts';

/**
 * A signal that comes after some minutes, with a TimeoutError, or with the outer one. Held by a timer and by the outer
 * signal: what AbortSignal.any and AbortSignal.timeout give may be collected before its time (nodejs/node#57736).
 */
export function timeLimit(outer: AbortSignal, minutes: number, cleanup: Cleanup): AbortSignal {
  const limit = new AbortController();
  const late = () =>
    limit.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  const stopped = () => limit.abort(outer.reason);
  const timer = setTimeout(late, minutes * 60_000).unref();
  if (outer.aborted) stopped();
  outer.addEventListener('abort', stopped, { once: true });
  cleanup.add(() => {
    clearTimeout(timer);
    outer.removeEventListener('abort', stopped);
  });
  return limit.signal;
}
