'use client';

import { useRef, useState } from 'react';
import { type ApiProblem, askApi } from '@/lib/dashboard/ask-api';

/** Something that a page has done by a route. */
export interface ApiAction {
  readonly state: { readonly kind: 'idle' } | { readonly kind: 'busy' } | ApiProblem;
  /** Sends the request, once at a time; true when it was carried out. */
  readonly send: (body: unknown) => Promise<boolean>;
}

/**
 * Lets a page act and know how it ended.
 * @param read throws ActionRefused where the answer says that nothing was done
 */
export function useApiAction(url: string, read: (body: unknown) => void): ApiAction {
  const [state, setState] = useState<ApiAction['state']>({ kind: 'idle' });
  const isBusy = useRef(false);

  async function send(body: unknown): Promise<boolean> {
    if (isBusy.current) return false;
    isBusy.current = true;
    setState({ kind: 'busy' });
    const answer = await askApi(url, read, body);
    isBusy.current = false;
    setState('data' in answer ? { kind: 'idle' } : answer.problem);
    return 'data' in answer;
  }

  return { state, send };
}
