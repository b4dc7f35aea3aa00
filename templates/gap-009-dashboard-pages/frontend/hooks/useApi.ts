'use client';

import { useCallback, useEffect, useState } from 'react';
import { type ApiProblem, askApi } from '@/lib/dashboard/ask-api';

/** Where a request stands. */
export type ApiState = { readonly kind: 'loading' } | { readonly kind: 'ready' } | ApiProblem;

/** What a page shows of a route, and how to ask it again. */
export interface ApiData<T> {
  readonly data: T;
  readonly state: ApiState;
  readonly retry: () => void;
}

/**
 * Asks a route when the page appears.
 * @param read turns the answer into what the page shows, and throws on any other shape; declare it outside of the component
 * @param initial what stands for it until then
 */
export function useApi<T>(url: string, read: (body: unknown) => T, initial: T): ApiData<T> {
  const [data, setData] = useState(initial);
  const [state, setState] = useState<ApiState>({ kind: 'loading' });
  const [round, setRound] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    setState({ kind: 'loading' });
    void askApi(url, read).then((answer) => {
      if (!isCurrent) return;
      if ('data' in answer) setData(answer.data);
      setState('data' in answer ? { kind: 'ready' } : answer.problem);
    });
    return () => {
      isCurrent = false;
    };
  }, [url, read, round]);

  const retry = useCallback(() => setRound((count) => count + 1), []);
  return { data, state, retry };
}
