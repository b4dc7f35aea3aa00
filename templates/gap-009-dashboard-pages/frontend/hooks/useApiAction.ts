'use client';

import { type FormEvent, useRef, useState } from 'react';
import { type ApiProblem, askApi } from '@/lib/dashboard/ask-api';

/** Something that a page has done by a route. */
export interface ApiAction {
  readonly state: { readonly kind: 'idle' } | { readonly kind: 'busy' } | { readonly kind: 'done' } | ApiProblem;
  /** Sends the request, once at a time; true when it was carried out. */
  readonly send: (body: unknown) => Promise<boolean>;
  /** Sends the fields of a form by their names, and empties it when that was carried out. */
  readonly submit: (event: FormEvent<HTMLFormElement>) => Promise<boolean>;
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
    setState('data' in answer ? { kind: 'done' } : answer.problem);
    return 'data' in answer;
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<boolean> {
    event.preventDefault();
    const form = event.currentTarget;
    const isDone = await send(Object.fromEntries(new FormData(form)));
    if (isDone) form.reset();
    return isDone;
  }

  return { state, send, submit };
}
